import { beforeEach, describe, expect, it } from 'vitest';
import { findSaved } from '@/lib/api/library';
import { type Actor, NotAllowed } from '@/lib/readers/actor';
import { savedPapers, savePaper, savePapers, shelvesOf } from '@/lib/readers/library-store';
import { papersOnShelf, shelfByToken, shelfToken } from '@/lib/readers/shelf-link';
import {
  changeSaved,
  changeShelf,
  findShelf,
  libraryCounts,
  makeShelf,
  removeSaved,
  removeShelf,
} from '@/lib/readers/shelf-store';
import { emptyTables, testDatabase } from '@/tests/db/database';
import { addReader } from '../digest/world';
import { storePapers } from '../feed/papers';

const db = await testDatabase();
const now = new Date('2026-11-20T12:00:00Z');
const SECRET = 'a secret of thirty-two characters';
let mine: Actor;
let other: Actor;

beforeEach(async () => {
  await emptyTables(db);
  await storePapers(db, [{ id: 1 }, { id: 2 }, { id: 3, hidden: true }]);
  [mine, other] = [await reader('ada@example.org'), await reader('eve@example.org')];
  await save(1, 'Thesis');
  await save(2, 'Thesis');
});

async function reader(email: string): Promise<Actor> {
  const { readerId } = await addReader(db, email);
  return { kind: 'operator', readerId };
}

const save = (paperId: number, shelf: string, actor = mine) =>
  savePaper(db, actor, { paperId, shelf, network: null }, now);
const onShelf = async (shelf: string) =>
  (await savedPapers(db, mine, { shelf })).map(({ paperId }) => paperId).sort();

describe('shelves', () => {
  it('are made once by a name, and renamed without another address', async () => {
    expect(await makeShelf(db, mine, 'Reading group', now)).toBe('reading-group');
    expect(await makeShelf(db, mine, 'reading GROUP', now)).toBe('reading-group');
    expect(await changeShelf(db, mine, 'reading-group', { name: 'Club' }, now)).toBe(true);
    expect((await shelvesOf(db, mine)).map(({ slug, name }) => [slug, name])).toEqual([
      ['thesis', 'Thesis'],
      ['reading-group', 'Club'],
    ]);
  });

  it('are removed with the papers that are on no other one, and their notes', async () => {
    await save(1, 'Other');
    expect(await removeShelf(db, mine, 'thesis')).toBe(true);
    expect((await savedPapers(db, mine)).map(({ paperId }) => paperId)).toEqual([1]);
  });

  it('of another reader can neither be seen nor changed', async () => {
    expect(await findShelf(db, other, 'thesis')).toBeNull();
    expect(await changeShelf(db, other, 'thesis', { shared: true }, now)).toBe(false);
    expect(await removeShelf(db, other, 'thesis')).toBe(false);
    expect(await changeSaved(db, other, [1, 2], { state: 'read' }, now)).toBe(0);
    expect(await removeSaved(db, other, [1, 2], null)).toBe(0);
    await makeShelf(db, other, 'Theirs', now);
    expect(await changeSaved(db, mine, [1], { to: 'theirs', from: 'thesis' }, now)).toBe(0);
    expect(await onShelf('thesis')).toEqual([1, 2]);
  });

  it('want somebody who may', async () => {
    const reads: Actor = { kind: 'token', readerId: 1, scopes: ['read'] };
    await expect(changeSaved(db, reads, [1], { state: 'read' }, now)).rejects.toThrow(NotAllowed);
    await expect(makeShelf(db, reads, 'X', now)).rejects.toThrow(NotAllowed);
    await expect(removeShelf(db, { kind: 'anonymous' }, 'thesis')).rejects.toThrow(NotAllowed);
  });
});

it('as many as may be leave a paper out that asks for one more', async () => {
  const readerId = (mine as { readerId: number }).readerId;
  await db.shelf.createMany({
    data: Array.from({ length: 199 }, (_, i) => ({
      readerId,
      slug: `s-${i}`,
      name: `S ${i}`,
      createdAt: now,
    })),
  });
  await storePapers(db, [{ id: 4 }]);
  expect(await save(4, 'One more')).toBe('full');
  expect((await savedPapers(db, mine)).map(({ paperId }) => paperId)).not.toContain(4);
});

it('an import puts what is here on its shelf at once, and counts it', async () => {
  const request = { paperIds: [1, 2, 3, 99], shelf: 'Imported', network: 'n' };
  expect(await savePapers(db, mine, request, now)).toBe(2);
  expect(await onShelf('imported')).toEqual([1, 2]);
  expect(await savePapers(db, mine, { ...request, paperIds: [] }, now)).toBe(0);
});

describe('many papers at once', () => {
  it('change their state and labels, and are counted by them', async () => {
    expect(await changeSaved(db, mine, [1, 2, 99], { state: 'read' }, now)).toBe(2);
    await changeSaved(db, mine, [1], { addLabel: 'ch. 3' }, now);
    await changeSaved(db, mine, [1, 2], { addLabel: 'ch. 3' }, now);
    await changeSaved(db, mine, [2], { removeLabel: 'ch. 3' }, now);
    const saved = await savedPapers(db, mine);
    expect(saved.map(({ paperId, labels }) => [paperId, labels])).toEqual([
      [2, []],
      [1, ['ch. 3']],
    ]);
    expect(await libraryCounts(db, mine, null, now)).toEqual({
      papers: 2,
      states: { unread: 0, reading: 0, read: 2 },
      labels: [{ label: 'ch. 3', papers: 1 }],
      noted: 0,
      fresh: 2,
    });
    expect((await libraryCounts(db, mine, 'nowhere', now)).papers).toBe(0);
  });

  it('move from one shelf to another, and to none that is not there', async () => {
    await makeShelf(db, mine, 'Done', now);
    await changeSaved(db, mine, [1], { to: 'done', from: 'thesis' }, now);
    await changeSaved(db, mine, [2], { to: 'nowhere', from: 'thesis' }, now);
    expect([await onShelf('thesis'), await onShelf('done')]).toEqual([[2], [1]]);
  });

  it('leave the library with the last shelf', async () => {
    await save(1, 'Other');
    expect(await removeSaved(db, mine, [1, 2], 'thesis')).toBe(1);
    expect(await onShelf('other')).toEqual([1]);
    expect(await removeSaved(db, mine, [1], null)).toBe(1);
  });
});

it('a search of a library reads shelf, state and label', async () => {
  await changeSaved(db, mine, [1], { addLabel: 'x y' }, now);
  const ids = async (q: string) => (await findSaved(db, mine, { q, limit: 10 })).ids.sort();
  expect(await ids('shelf:Thesis')).toEqual([1, 2]);
  expect(await ids('in:library label:"x y" state:unread')).toEqual([1]);
  expect(await ids('state:read')).toEqual([]);
  expect((await findSaved(db, mine, { noted: true, limit: 10 })).ids).toEqual([]);
});

describe('a secret address of a shelf', () => {
  const open = (purpose: 'shelf' | 'shelf-file', token: string) =>
    shelfByToken(db, purpose, token, SECRET, now);

  it('opens the file always, and the page while it is shared', async () => {
    const shelf = (await findShelf(db, mine, 'thesis'))!;
    const [file, page] = [
      shelfToken('shelf-file', shelf, SECRET),
      shelfToken('shelf', shelf, SECRET),
    ];
    expect((await open('shelf-file', file))?.name).toBe('Thesis');
    expect(await open('shelf', page)).toBeNull();
    await changeShelf(db, mine, 'thesis', { shared: true }, now);
    const opened = (await open('shelf', page))!;
    expect(await papersOnShelf(db, opened, 10)).toEqual([2, 1]);
    await changeShelf(db, mine, 'thesis', { shared: false }, now);
    expect(await open('shelf', page)).toBeNull();
  });

  it('opens its purpose alone, and nothing once it is renewed', async () => {
    const shelf = (await findShelf(db, mine, 'thesis'))!;
    await changeShelf(db, mine, 'thesis', { shared: true }, now);
    const token = shelfToken('shelf', shelf, SECRET);
    expect(await open('shelf-file', token)).toBeNull();
    expect(await open('shelf', `${token.slice(0, -1)}_`)).toBeNull();
    await changeShelf(db, mine, 'thesis', { renew: true }, now);
    expect(await open('shelf', token)).toBeNull();
  });
});
