import { readdirSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, expect, test as onAnyDatabase } from 'vitest';
import { backup } from '@/lib/db/backup';
import { openDatabase } from '@/lib/db/client';
import { startEmbedded } from '@/lib/db/embedded';
import type { PrismaClient } from '@/lib/db/generated/client';
import { migrate } from '@/lib/db/migrate';
import { restore } from '@/lib/db/restore';
import { checkpoint, takeSnapshot } from '@/lib/db/snapshot';
import { sql } from '@/lib/db/sql';
import { onEmbedded, testDatabase } from './database';
import { addReader, runAt, startSink } from './digest/world';

/** These make embedded databases of their own: a server that the other tests use changes nothing here. */
const test = onAnyDatabase.skipIf(!onEmbedded());
const folder = await mkdtemp(join(tmpdir(), 'broadsheet-snapshot-'));
afterAll(() => rm(folder, { recursive: true, force: true }));

async function open(name: string) {
  const dataDir = join(folder, name);
  await mkdir(dataDir);
  const running = await startEmbedded(dataDir, name);
  await migrate({ dataDir });
  const db = openDatabase({ dataDir });
  const close = async () => {
    await db.$disconnect();
    await running.stop();
  };
  return { db, dataDir, running, close };
}

const day = (number: number) => new Date(Date.parse('2026-01-05T08:00:00Z') + number * 86_400_000);

/** Three papers that are new on a day. */
const addDay = (db: PrismaClient, number: number) => {
  const at = new Date(day(number).getTime() - 7_200_000);
  return db.$executeRaw(sql`
    with made as (
      insert into paper (title, title_key, first_author_key, abstract, authors, categories, keywords,
        published_at, first_seen_at)
      select 'Paper ' || ${number}::int || '.' || i, 'paper ' || ${number}::int || '.' || i, 'd',
        'About.', '{Doe}', '{}', '{}', ${at}, ${at}
      from generate_series(1, 3) as i returning id
    )
    insert into paper_score (paper_id, score, signal, feed_at) select id, id, 0, ${at} from made`);
};

/** Papers that a reader was mailed more than once, by what the database knows. */
const mailedTwice = (db: PrismaClient) =>
  db.$queryRaw<unknown[]>(sql`
    select s.reader_id, p.id from delivery d join subscription s on s.id = d.subscription_id,
      unnest(d.paper_ids) as p(id)
    where d.status = 'sent' group by 1, 2 having count(*) > 1`);

test('a backup while papers come and digests leave: nothing dangles, nobody gets a paper twice afterwards', async () => {
  const sink = await startSink();
  const live = await open('live');
  for (let i = 0; i < 10; i++) {
    await addReader(live.db, `reader${i}@example.org`, {
      cadence: 'daily',
      nextRunAt: day(0).toISOString(),
      coveredUntil: day(-1).toISOString(),
    });
  }
  let days = 0;
  let going = true;
  const sending = (async () => {
    for (; going; days++) {
      await addDay(live.db, days);
      await runAt(live.db, sink, day(days).toISOString());
    }
  })();
  while (days < 3) await new Promise((resolve) => setTimeout(resolve, 50));
  const [daysBefore, sentBefore] = [days, sink.received.length];
  const snapshot = await takeSnapshot(live.dataDir);
  const copied = openDatabase(snapshot.target);
  const file = join(folder, 'backup.gz');
  await backup(copied, file, () => {}, snapshot);
  await copied.$disconnect();
  await snapshot.close();
  const daysAfter = days;
  going = false;
  await sending;
  await live.close();
  expect(daysAfter).toBeGreaterThan(daysBefore);
  expect(readdirSync(live.dataDir).filter((name) => name.startsWith('snapshot'))).toEqual([]);

  const [header] = gunzipSync(await readFile(file))
    .toString()
    .split('\n', 1);
  const { from, to } = JSON.parse(header!).span;
  expect(Date.parse(from)).toBe(snapshot.from.getTime());
  expect(Date.parse(to)).toBe(snapshot.to.getTime());
  expect(to > from).toBe(true);

  // A row that refers to nothing would be refused here.
  const restored = await open('restored');
  await restore(restored.db, file, () => {});
  const sent = await restored.db.delivery.count({ where: { status: 'sent' } });
  expect(sent).toBeGreaterThanOrEqual(sentBefore);
  expect(sent).toBeLessThanOrEqual(sink.received.length);
  // The days that the backup shows the beginning of, and some more.
  const known = Math.floor((await restored.db.paper.count()) / 3);
  expect(await restored.db.paper.count()).toBe(known * 3);
  for (let number = known; number < known + 3; number++) await addDay(restored.db, number);
  for (let number = daysBefore - 1; number < known + 3; number++) {
    await runAt(restored.db, sink, day(number).toISOString());
  }
  expect(await restored.db.delivery.count({ where: { status: 'sent' } })).toBeGreaterThan(sent);
  expect(await mailedTwice(restored.db)).toEqual([]);
  await restored.close();
  await sink.stop();
});

test('transactions are in a copy whole or not at all, though they go on while it is made', async () => {
  const { db, dataDir, close } = await open('moving');
  await db.$executeRaw(sql`create table account (id int primary key, amount int)`);
  await db.$executeRaw(sql`insert into account select i, 0 from generate_series(1, 20000) as i`);
  let moves = 0;
  let going = true;
  const moving = (async () => {
    for (; going; moves++) {
      await db.$transaction(async (tx) => {
        const [from, to] = [(moves * 7919) % 20_000, (moves * 104_729) % 20_000];
        await tx.$executeRaw(sql`update account set amount = amount - 1 where id = ${from + 1}`);
        await tx.$executeRaw(sql`update account set amount = amount + 1 where id = ${to + 1}`);
      });
    }
  })();
  for (let round = 0; round < 2; round++) {
    const before = moves;
    const snapshot = await takeSnapshot(dataDir);
    expect(moves).toBeGreaterThan(before);
    const copy = openDatabase(snapshot.target);
    const [sum] = await copy.$queryRaw<{ sum: number; rows: number }[]>(
      sql`select sum(amount)::int as sum, count(*)::int as rows from account`,
    );
    expect(sum).toEqual({ sum: 0, rows: 20_000 });
    await copy.$disconnect();
    await snapshot.close();
  }
  going = false;
  await moving;
  await close();
});

test('a database that is killed and started while it is copied is copied again', async () => {
  const first = await open('restarted');
  await first.db.$executeRaw(sql`create table kept as select generate_series(1, 1000) as i`);
  await first.db.$disconnect();
  first.running.kill();
  await first.running.exited;
  const [snapshot, second] = await Promise.all([
    takeSnapshot(first.dataDir),
    startEmbedded(first.dataDir, 'again'),
  ]);
  const copy = openDatabase(snapshot.target);
  const [row] = await copy.$queryRaw<{ rows: number }[]>(
    sql`select count(*)::int as rows from kept`,
  );
  expect(row).toEqual({ rows: 1000 });
  await copy.$disconnect();
  await snapshot.close();
  await second.stop();
});

onAnyDatabase('after a checkpoint a copy has next to nothing to replay', async () => {
  const db = await testDatabase();
  const toReplay = async () => {
    const [row] = await db.$queryRaw<{ bytes: number }[]>(sql`
      select pg_wal_lsn_diff(pg_current_wal_lsn(), redo_lsn)::float8 as bytes
      from pg_control_checkpoint()`);
    return row!.bytes;
  };
  await db.$executeRaw(
    sql`create table filler as select repeat('x', 1000) from generate_series(1, 2000)`,
  );
  const before = await toReplay();
  await checkpoint(db);
  expect(await toReplay()).toBeLessThan(before / 10);
  await db.$executeRaw(sql`drop table filler`);
});
