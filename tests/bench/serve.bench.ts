import { ensureBuild } from '../../lib/server/build';
import { startServer } from '../server';
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
  urls: string[],
  connections: number,
  tool: 'wrk' | 'node',
): Promise<number[]> {
  const rates: number[][] = urls.map(() => []);
  for (let round = 0; round <= ROUNDS; round++) {
    for (const [i, url] of urls.entries()) {
      const rate = await requestsPerSecond(url, { connections, seconds: SECONDS, tool });
      // The first round warms up.
      if (round > 0) rates[i]!.push(rate);
    }
  }
  return rates.map((each) => each.sort((a, b) => a - b)[Math.floor(each.length / 2)]!);
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
