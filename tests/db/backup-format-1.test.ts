import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { restore } from '@/lib/db/restore';
import { raw, sql } from '@/lib/db/sql';
import { holderOf } from '@/lib/subscribers/link-holder';
import type { Purpose } from '@/lib/subscribers/link-tokens';
import tokensFile from '../fixtures/backup-format-1.tokens.json';
import { emptyTables, testDatabase } from './database';
import { runAt, type Sink, startSink } from './digest/world';

/**
 * A backup that was made before readers and subscriptions were two tables, of readers in every state;
 * and links from mails of that time.
 */
const FILE = fileURLToPath(new URL('../fixtures/backup-format-1.jsonl.gz', import.meta.url));
const tokens: Record<string, Record<string, string>> = tokensFile.tokens;
const { secret } = tokensFile;
const now = new Date('2026-11-21T08:00:00Z');

type Row = Record<string, unknown>;
const [headerLine, ...lines] = gunzipSync(readFileSync(FILE)).toString().trimEnd().split('\n');
const old = new Map<string, Row[]>(
  (JSON.parse(headerLine!).tables as { name: string }[]).map(({ name }) => [name, []]),
);
for (const line of lines) {
  const [name, rows] = line.split('\t') as [string, string];
  if (name !== 'end') old.get(name)!.push(...JSON.parse(rows));
}

const db = await testDatabase();
const sink: Sink = await startSink();
afterAll(() => sink.stop());

let restored: number;
beforeAll(async () => {
  await emptyTables(db);
  restored = await restore(db, FILE, () => {});
});

const rowsOf = async (table: string) =>
  (
    await db.$queryRaw<{ row: Row }[]>(sql`select to_jsonb(t) as row from ${raw(`"${table}"`)} t`)
  ).map(({ row }) => row);

/** Tables by their old names: the new one, and columns that have another name or value now. */
const MOVED: Record<string, { to: string; changed?: string[] }> = {
  tagging: { to: 'tagging', changed: ['vocabulary'] },
  paper_score: {
    to: 'paper_score',
    changed: ['interest', 'clock_at', 'day_share', 'tag_share', 'tag_slug'],
  },
  feed_entry: { to: 'feed_entry', changed: ['born', 'died'] },
  feed_clock: { to: 'feed_clock', changed: ['rules', 'rules_to'] },
  job_lease: { to: 'job_lease', changed: ['name'] },
  consent_event: { to: 'consent_event', changed: ['subscription_id', 'kind'] },
  letter: { to: 'transactional_mail', changed: ['subscription_id', 'kind'] },
  delivery: { to: 'delivery', changed: ['story', 'paper_ids'] },
  mailed_paper: { to: 'mailed_paper', changed: ['subscription_id'] },
  paper_feedback: { to: 'vote', changed: ['subscription_id'] },
  suppression: { to: 'suppression', changed: ['reason'] },
  bounce_event: { to: 'bounce_event', changed: ['subscription_id', 'message'] },
  ingest_turn: { to: 'ingest_lock' },
  source_run: { to: 'source_run', changed: ['source'] },
  quarantine: { to: 'rejected_record' },
  paper_search: { to: 'search_document' },
  search_word: { to: 'lexicon_entry' },
  search_form: { to: 'lexicon_form' },
  search_word_change: {
    to: 'lexicon_change',
    changed: ['stems', 'counts', 'shown', 'forms', 'form_stems'],
  },
  search_total: { to: 'lexicon_total', changed: ['rules', 'rules_to'] },
};
/** Computed from the rest, and no longer kept. */
const GONE = ['stale_cohort', 'damped_paper'];
const READER = ['id', 'email', 'email_key', 'address_hash', 'token_epoch', 'created_at'].concat([
  'confirmed_at',
  'ended_at',
]);
const SUBSCRIPTION = [
  'id',
  'cadence',
  'weekday',
  'monthday',
  'hour',
  'timezone',
  'max_papers',
].concat(['muted_tags', 'next_run_at', 'covered_until', 'created_at']);

const sorted = (rows: Row[], columns: string[]) =>
  rows.map((row) => JSON.stringify(columns.map((column) => row[column]))).sort();

describe('a backup of format 1', () => {
  test('is restored whole', () => {
    expect(restored).toBe([...old.values()].flat().length);
  });

  test.each([...old.keys()].filter((name) => ![...GONE, 'subscription'].includes(name)))(
    'keeps every row of %s',
    async (name) => {
      const { to, changed = [] } = MOVED[name] ?? { to: name };
      const before = old.get(name)!;
      expect(before.length).toBeGreaterThan(0);
      const same = Object.keys(before[0]!).filter((column) => !changed.includes(column));
      expect(sorted(await rowsOf(to), same)).toEqual(sorted(before, same));
    },
  );

  test('makes of a subscription a reader and what the reader gets', async () => {
    const before = old.get('subscription')!;
    expect(sorted(await rowsOf('reader'), READER)).toEqual(sorted(before, READER));
    expect(sorted(await rowsOf('subscription'), SUBSCRIPTION)).toEqual(
      sorted(before, SUBSCRIPTION),
    );
    for (const { id, email, status, paused_until } of before) {
      const reader = await db.reader.findUniqueOrThrow({
        where: { id: id as number },
        include: { subscriptions: true },
      });
      const paused = status === 'paused';
      expect(reader).toMatchObject({ email, status: paused ? 'active' : status });
      expect(reader.subscriptions.map(({ pausedUntil }) => pausedUntil)).toEqual([
        paused ? new Date(paused_until as string) : null,
      ]);
    }
    expect(new Set(before.map(({ status }) => status))).toEqual(
      new Set(['pending', 'active', 'paused', 'unsubscribed', 'suppressed']),
    );
    expect(new Set((await db.reader.findMany()).map(({ key }) => key)).size).toBe(before.length);
  });

  test('makes of tags and searches what the reader follows, in order', async () => {
    const list = (row: Row, name: string) => (row[name] ?? []) as string[];
    const before = old.get('subscription')!;
    expect(before.some((row) => list(row, 'tags').length + list(row, 'searches').length > 0)).toBe(
      true,
    );
    for (const row of before) {
      const follows = await db.follow.findMany({
        where: { readerId: row.id as number },
        orderBy: { id: 'asc' },
      });
      expect(follows.map(({ kind, value, name }) => [kind, value, name])).toEqual([
        ...list(row, 'tags').map((slug) => ['tag', slug, null]),
        ...list(row, 'searches').map((query) => ['search', query, null]),
      ]);
    }
  });

  test('gives new names to what has them', async () => {
    const byId = (name: string) => new Map(old.get(name)!.map((row) => [row.id, row]));
    const entry = old.get('feed_entry')![0]!;
    expect(
      await db.feedEntry.findFirstOrThrow({ where: { paperId: entry.paper_id as number } }),
    ).toMatchObject({ validFrom: entry.born, validTo: entry.died });
    for (const { id, kind } of await db.consentEvent.findMany()) {
      expect(kind).toBe((byId('consent_event').get(id)!.kind as string).replace('-', '_'));
    }
    for (const { id, kind, readerId } of await db.transactionalMail.findMany()) {
      const before = byId('letter').get(id)!;
      expect([kind.replace('_', '-'), readerId]).toEqual([before.kind, before.subscription_id]);
    }
    for (const { id, log, paperIds } of await db.delivery.findMany()) {
      const before = byId('delivery').get(id)!;
      expect([log, paperIds]).toEqual([before.story, before.paper_ids ?? []]);
    }
    expect((await db.suppression.findMany()).map(({ reason }) => reason).sort()).toEqual([
      'erased',
      'hard_bounce',
    ]);
    expect(
      (await db.bounceEvent.findMany({ orderBy: { id: 'asc' } })).map(({ message }) => message),
    ).toEqual(['delivery-7', 'delivery-5', 'transactional-7']);
    expect((await db.jobLease.findMany()).map(({ name }) => name).sort()).toEqual([
      'lexicon',
      'rank',
      'tags',
    ]);
    expect(await db.lexiconChange.findMany()).toMatchObject([
      {
        stems: ['zebra', 'zigzag'],
        counts: [1, 1],
        shown: ['=', 'zigzags'],
        forms: ['zigzags'],
        formStems: ['zigzag'],
      },
    ]);
    const [total, clock] = [old.get('search_total')![0]!, old.get('feed_clock')![0]!];
    expect(await db.lexiconTotal.findFirst()).toMatchObject({
      indexVersion: total.rules,
      indexedUpTo: total.rules_to,
    });
    expect(await db.feedClock.findFirst()).toMatchObject({
      rankingVersion: clock.rules,
      rankedUpTo: clock.rules_to,
    });
    expect(await db.tagging.findFirst()).toMatchObject({
      taxonomyVersion: old.get('tagging')![0]!.vocabulary,
    });
  });

  test.each(Object.keys(tokens))(
    'the links that %s has unsubscribe and do nothing else',
    async (email) => {
      for (const [purpose, token] of Object.entries(tokens[email]!)) {
        const holder = await holderOf(db, purpose as Purpose, token, { secret, now });
        expect(holder).toMatchObject(
          purpose === 'unsubscribe'
            ? { ok: true, reader: { email } }
            : { ok: false, problem: 'expired' },
        );
      }
    },
  );

  test('an old link is about nobody who came after it, whatever the id', async () => {
    const [email, { unsubscribe }] = Object.entries(tokens)[0]! as [
      string,
      { unsubscribe: string },
    ];
    const { createdAt } = await db.reader.findFirstOrThrow({ where: { email } });
    await db.reader.updateMany({ where: { email }, data: { createdAt: now } });
    expect(await holderOf(db, 'unsubscribe', unsubscribe, { secret, now })).toEqual({
      ok: false,
      problem: 'gone',
    });
    await db.reader.updateMany({ where: { email }, data: { createdAt } });
  });

  test('a digest run afterwards mails nobody a paper again', async () => {
    const mailed = new Map<string, number[]>();
    const emails = new Map(old.get('subscription')!.map(({ id, email }) => [id, email as string]));
    for (const row of old.get('mailed_paper')!) {
      const email = emails.get(row.subscription_id)!;
      mailed.set(email, [...(mailed.get(email) ?? []), row.paper_id as number]);
    }
    const after = await db.delivery.aggregate({ _max: { id: true } });
    // As if nobody had got anything: every paper is a candidate again, but for what was mailed.
    const at = '2026-12-02T08:00:00Z';
    await db.subscription.updateMany({
      where: { reader: { status: 'active' } },
      data: { coveredUntil: null, pausedUntil: null, nextRunAt: at, cadence: 'daily' },
    });
    await db.follow.deleteMany({ where: { kind: 'tag' } });
    await runAt(db, sink, at);
    const sent = await db.delivery.findMany({
      where: { id: { gt: after._max.id! }, status: 'sent' },
      include: { subscription: { include: { reader: true } } },
    });
    expect(sent.length).toBeGreaterThan(5);
    for (const { paperIds, subscription } of sent) {
      expect(paperIds.length).toBeGreaterThan(0);
      const before = mailed.get(subscription.reader.email) ?? [];
      expect(paperIds.filter((id) => before.includes(id))).toEqual([]);
    }
    expect(sink.received.map(({ to }) => to).sort()).toEqual(
      sent.map(({ subscription }) => subscription.reader.email).sort(),
    );
  });

  test('new readers get numbers that no old one had', async () => {
    const { id } = await db.reader.create({
      data: { email: 'new@example.org', emailKey: 'new@example.org', addressHash: 'x' },
    });
    expect(id).toBeGreaterThan(
      Math.max(...old.get('subscription')!.map((row) => row.id as number)),
    );
  });
});
