import { describe, expect, test } from 'vitest';
import {
  PURPOSES,
  type Purpose,
  signToken,
  tokenHash,
  verifyToken,
} from '@/lib/subscribers/link-tokens';

const now = new Date('2026-11-23T12:00:00Z');
const secret = 'a secret that is long enough to sign with';
const readerKey = '0f3c9a52-7d1e-4b6a-9c08-5e2f7a1b3c4d';
const subject = 'a1b2c3d4-0000-4000-8000-00000000002a';
const payload = { readerKey, epoch: 2, subject };

describe('a signed link', () => {
  test('gives back what was signed', () => {
    const token = signToken('confirm', payload, now, secret);
    expect(verifyToken('confirm', token, now, secret)).toEqual({ ok: true, payload });
    expect(token).toMatch(/^[\w.-]{1,100}$/);
  });

  test('is good for its own purpose only', () => {
    for (const purpose of Object.keys(PURPOSES) as Purpose[]) {
      const token = signToken(purpose, payload, now, secret);
      for (const other of Object.keys(PURPOSES) as Purpose[]) {
        expect(verifyToken(other, token, now, secret).ok).toBe(other === purpose);
      }
    }
  });

  test('expires, and then still says whose it was', () => {
    const token = signToken('confirm', payload, now, secret);
    const hours = (n: number) => new Date(now.getTime() + n * 3_600_000);
    expect(verifyToken('confirm', token, hours(PURPOSES.confirm), secret).ok).toBe(true);
    expect(verifyToken('confirm', token, hours(PURPOSES.confirm + 2), secret)).toEqual({
      ok: false,
      reason: 'expired',
      payload,
    });
  });

  test('forged, cut, foreign and empty ones are refused', () => {
    const token = signToken('confirm', payload, now, secret);
    expect(verifyToken('confirm', token, now, 'another secret').ok).toBe(false);
    for (let length = 0; length < token.length; length++) {
      expect(verifyToken('confirm', token.slice(0, length), now, secret).ok).toBe(false);
    }
    for (let at = 0; at < token.length; at++) {
      const other = token[at] === 'A' ? 'B' : 'A';
      const changed = token.slice(0, at) + other + token.slice(at + 1);
      const result = verifyToken('confirm', changed, now, secret);
      // The last character of base64 may differ in bits that carry nothing.
      if (result.ok) expect(result.payload).toEqual(payload);
    }
    expect(verifyToken('confirm', `${token}x`, now, secret).ok).toBe(false);
    expect(verifyToken('confirm', 'x'.repeat(100_000), now, secret).ok).toBe(false);
  });

  test('another reader, epoch or subject makes another token', () => {
    const all = [
      payload,
      { ...payload, readerKey: subject },
      { ...payload, epoch: 3 },
      { ...payload, subject: readerKey },
      { readerKey, epoch: 2 },
    ].map((each) => tokenHash(signToken('confirm', each, now, secret)));
    expect(new Set(all).size).toBe(all.length);
  });
});

test.each(['move', 'export', 'erase'] as const)(
  'a link to %s, which only the owner of a mailbox may do, is old after two hours',
  (purpose) => {
    const token = signToken(purpose, payload, now, secret);
    const later = new Date(now.getTime() + 2 * 3_600_000 + 1);
    expect(verifyToken(purpose, token, later, secret)).toMatchObject({ reason: 'expired' });
  },
);
