import { expect, test } from 'vitest';
import type { Actor } from '@/lib/readers/actor';
import { noteVisit } from '@/lib/readers/visit-store';
import { emptyTables, testDatabase } from '../database';
import { addReader } from '../digest/world';

const db = await testDatabase();

test('the visit before this one is the reader’s, on whichever device, and ends after half an hour', async () => {
  await emptyTables(db);
  const { readerId } = await addReader(db, 'reader@example.org');
  const { readerId: other } = await addReader(db, 'other@example.org');
  const at = (time: string) => new Date(`2026-11-23T${time}:00Z`);
  const visit = (time: string, sessionId: number, id = readerId) =>
    noteVisit(
      db,
      { kind: 'session', readerId: id, sessionId, admin: false } satisfies Actor,
      at(time),
    );
  expect(await visit('08:00', 1)).toBeNull();
  expect(await visit('08:20', 1)).toBeNull();
  // Another browser.
  expect(await visit('09:00', 2)).toEqual(at('08:20'));
  expect(await visit('09:10', 1)).toEqual(at('08:20'));
  expect(await visit('12:00', 1)).toEqual(at('09:10'));
  expect(await visit('12:00', 3, other)).toBeNull();
});
