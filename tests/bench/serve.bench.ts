import { openDatabase } from '../../lib/db/client';
import { openSession } from '../../lib/readers/session-store';
import { ensureBuild } from '../../lib/server/build';
import { type RunningServer, startServer } from '../server';
import { startBareNext } from './bare-next';
import type { Report } from './figure';
import { loadTool, requestsPerSecond } from './load';

const ROUNDS = 3;
const SECONDS = 3;

/**
 * Requests a second beside those of a bare Next server on the same machine, asked in turns. The sample
 * catalogue fills the first page; the server is one process.
 */
export default async function serve(report: Report): Promise<void> {
  await ensureBuild((line) => console.error(line));
  const site = await startServer();
  try {
    await pages(report, site.url);
    await signedIn(report, site);
    await api(report, site.url);
  } finally {
    await site.stop();
  }
}

/** Cached pages beside a static page of the same size. */
async function pages(report: Report, url: string): Promise<void> {
  const size = async (address: string) => (await (await fetch(address)).text()).length;
  for (const path of ['/', '/tags/peft']) {
    const ours = `${url}${path}`;
    // The text stands twice in the bare page.
    const bare = await startBareNext(Math.max(0, Math.round(((await size(ours)) - 6_000) / 2)));
    try {
      const tool = await loadTool();
      const [mine, theirs] = await inTurns([ours, bare.url], 16, tool);
      report({
        figure: `anonymous ${path} / a bare static Next page of the same size`,
        value: round(mine! / theirs!),
        unit: 'x',
        reference: `${Math.round(mine!)} a second (${await size(ours)} bytes), against ${Math.round(theirs!)} (${await size(bare.url)} bytes), ${tool}`,
        goal: '>= 0.9',
        ok: mine! / theirs! >= 0.9,
      });
    } finally {
      await bare.stop();
    }
  }
}

/** The front page for a browser that is signed in, beside one that is not. */
async function signedIn(report: Report, { url, dataDir }: RunningServer): Promise<void> {
  const db = openDatabase({ dataDir });
  const { id } = await db.reader.create({
    data: { email: 'a@example.org', emailKey: 'a@example.org', addressHash: 'a', status: 'active' },
  });
  const key = await openSession(db, id, 'bench', new Date());
  await db.$disconnect();
  const tool = await loadTool();
  const signed = { url: `${url}/`, cookie: `session=${key}; signed-in=1` };
  const [anonymous, own] = await inTurns([`${url}/`, signed], 16, tool);
  report({
    figure: 'the front page, signed in / not signed in',
    value: round(own! / anonymous!),
    unit: 'x',
    reference: `${Math.round(own!)} a second, against ${Math.round(anonymous!)}, ${tool}`,
    goal: '>= 0.9',
    ok: own! / anonymous! >= 0.9,
  });
}

/**
 * The API's first page beside a page with the same query that is made for each request: one that no
 * cache keeps. One connection, because Next makes a page once for all who ask for it at the same time.
 */
async function api(report: Report, url: string): Promise<void> {
  const tool = await loadTool();
  const [mine, theirs] = await inTurns(
    [`${url}/api/v1/papers?window=all`, `${url}/without/transformers`],
    1,
    tool,
  );
  report({
    figure: 'first page of the API, as served: kept / a dynamic Next page with the same query',
    value: round(mine! / theirs!),
    unit: 'x',
    reference: `${Math.round(mine!)} a second, against ${Math.round(theirs!)}, ${tool}`,
    goal: '>= 4',
    ok: mine! / theirs! >= 4,
  });
}

/** The median of some rounds in which each address is asked after the other. */
async function inTurns(
  asked: readonly (string | { url: string; cookie: string })[],
  connections: number,
  tool: 'wrk' | 'node',
): Promise<number[]> {
  const rates: number[][] = asked.map(() => []);
  for (let round = 0; round <= ROUNDS; round++) {
    for (const [i, each] of asked.entries()) {
      const { url, cookie } = typeof each === 'string' ? { url: each, cookie: undefined } : each;
      const rate = await requestsPerSecond(url, { connections, seconds: SECONDS, tool, cookie });
      // The first round warms up.
      if (round > 0) rates[i]!.push(rate);
    }
  }
  return rates.map((each) => each.sort((a, b) => a - b)[Math.floor(each.length / 2)]!);
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
