import { expect, it } from 'vitest';
import { forgetTokens, giveTokenBack, spendToken } from '@/lib/mail/receive/webhooks/token-store';
import { testDatabase } from '../database';

const db = await testDatabase();

it('a token is good once, again where the post failed, and is forgotten in time', async () => {
  const now = new Date('2026-11-29T08:00:00Z');
  expect(await spendToken(db, 'token', now)).toBe(true);
  expect(await spendToken(db, 'token', now)).toBe(false);
  await giveTokenBack(db, 'token');
  expect(await spendToken(db, 'token', now)).toBe(true);
  expect(await forgetTokens(db, now)).toBe(0);
  expect(await forgetTokens(db, new Date('2026-11-30T08:00:00Z'))).toBe(1);
});
