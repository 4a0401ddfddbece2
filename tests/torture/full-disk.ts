import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { openDatabase } from '../../lib/db/client';
import { migrate } from '../../lib/db/migrate';
import { sql } from '../../lib/db/sql';
import { guardDatabase } from '../../lib/server/database';

const SMALL = '160m';
const LARGE = '600m';
const LEAST_ROWS = 1_000;

/**
 * The embedded database on a disk that fills up while papers come, and then gets room: what was
 * acknowledged is there, whole, and work goes on. Gives what went wrong. Null: no disk can be made here.
 */
export async function fillDisk(say: (line: string) => void): Promise<string[] | null> {
  const folder = mkdtempSync(join(tmpdir(), 'broadsheet-full-'));
  const mount = (options: string) =>
    spawnSync('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', folder]).status === 0;
  if (!mount(`size=${SMALL}`)) {
    rmSync(folder, { recursive: true });
    return null;
  }
  try {
    return await fill(folder, () => mount(`remount,size=${LARGE}`), say);
  } finally {
    spawnSync('umount', [folder]);
    rmSync(folder, { recursive: true });
  }
}

async function fill(
  dataDir: string,
  giveRoom: () => boolean,
  say: (line: string) => void,
): Promise<string[]> {
  const guarded = await guardDatabase(dataDir, say);
  await migrate({ dataDir });
  const db = openDatabase({ dataDir }, 'readers');
  const acknowledged: number[] = [];
  let refusals = 0;
  /** Two rows that belong together. */
  const add = async (number: number) => {
    const key = `paper ${number}`;
    try {
      await db.$executeRaw(sql`
        with made as (
          insert into paper (title, title_key, first_author_key, abstract, authors, categories, keywords)
          select ${key}, ${key}, 'd', string_agg(md5(random()::text), ''), '{Doe}', '{}', '{}'
          from generate_series(1, 600) returning id
        )
        insert into paper_score (paper_id, score, signal, feed_at) select id, id, 0, now() from made`);
      acknowledged.push(number);
      return true;
    } catch {
      refusals++;
      return false;
    }
  };
  const problems: string[] = [];
  let number = 0;
  for (; number < 100_000 && refusals < 5; number++) await add(number);
  say(`The disk is full after ${acknowledged.length} papers.`);
  if (refusals === 0) problems.push('the disk did not fill up');
  if (!giveRoom()) problems.push('the disk got no room');
  const until = Date.now() + 120_000;
  while (!(await add(++number)) && Date.now() < until) await delay(1_000);
  for (let i = 0; i < LEAST_ROWS / 10; i++) await add(++number);
  if (acknowledged.at(-1) !== number) problems.push('nothing could be written with room again');
  const there = await db.$queryRaw<{ title: string; score: number | null }[]>(sql`
    select title, score::float8 as score from paper left join paper_score on paper_id = id`);
  const titles = new Set(there.map(({ title }) => title));
  const lost = acknowledged.filter((each) => !titles.has(`paper ${each}`));
  const halves = there.filter(({ score }) => score === null);
  if (lost.length > 0) problems.push(`${lost.length} acknowledged papers are lost`);
  if (halves.length > 0) problems.push(`${halves.length} papers are there by half`);
  if (titles.size !== there.length) problems.push('papers are there twice');
  await db.$disconnect();
  await guarded.stop();
  return problems;
}
