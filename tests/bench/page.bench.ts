import { loadavg } from 'node:os';
import { type Browser, type CDPSession, chromium, type Page } from '@playwright/test';
import { ensureBuild } from '../../lib/server/build';
import { CHROMIUM_FLAGS, ensureChromium } from '../chromium';
import { startServer } from '../server';
import { startBareNext } from './bare-next';
import { median, type Report } from './figure';
import { gzipped, handWritten, scriptWeight } from './page-weight';

const KB = 1000;
const RUNS = 5;
const say = (line: string) => console.error(line);

/** Weight of the front page, and how soon it shows and answers on a slow line and machine. */
export default async function bench(report: Report): Promise<void> {
  const executablePath = ensureChromium(say);
  await ensureBuild(say);
  const site = await startServer();
  const browser = await chromium.launch({ executablePath, args: CHROMIUM_FLAGS });
  try {
    await scripts(report, site.url);
    await markup(report, browser, site.url);
    await fonts(report, browser, site.url);
    await paint(report, browser, site.url);
    await interaction(report, browser, site.url);
  } finally {
    await browser.close();
    await site.stop();
  }
}

/** A page in a context of its own: nothing cached. Closing the page closes both. */
async function freshPage(browser: Browser, width = 1280): Promise<Page> {
  const page = await browser.newPage({ viewport: { width, height: 800 } });
  // Functions that run in the page were compiled by a compiler that names them with this.
  await page.addInitScript('globalThis.__name = (named) => named');
  return page;
}

async function scripts(report: Report, url: string) {
  const bare = await startBareNext();
  try {
    const [ours, least] = [await scriptWeight(url), await scriptWeight(bare.url)];
    report({
      figure: 'JavaScript of the front page beyond a bare Next page, gzip',
      value: round((ours - least) / KB),
      unit: 'KB',
      reference: `bare ${round(least / KB)} KB, ours ${round(ours / KB)} KB`,
      goal: '<= 10',
      ok: ours - least <= 10 * KB,
    });
  } finally {
    await bare.stop();
  }
}

async function markup(report: Report, browser: Browser, url: string) {
  const page = await freshPage(browser);
  await page.goto(url);
  const { papers, body } = await page.evaluate(readContent);
  await page.close();
  const html = await (await fetch(url)).text();
  const [ours, hand] = [gzipped(html), gzipped(handWritten(body))];
  report({
    figure: `HTML of the front page (${papers} papers) against the same written by hand, gzip`,
    value: round(ours / hand),
    unit: 'x',
    reference: `by hand ${round(hand / KB)} KB, ours ${round(ours / KB)} KB`,
    goal: '<= 3',
    ok: ours <= 3 * hand,
  });
}

/** Runs in the page: all that it says and offers, without what only styles it or is for scripts. */
function readContent(): { papers: number; body: string } {
  const body = document.body.cloneNode(true) as HTMLElement;
  for (const part of body.querySelectorAll('script, style, template, next-route-announcer')) {
    part.remove();
  }
  for (const part of body.querySelectorAll('*')) {
    for (const { name } of [...part.attributes]) {
      if (/^(?:class|style|data-(?!paper)|tabindex)/.test(name)) part.removeAttribute(name);
    }
  }
  for (const part of [...body.querySelectorAll('span, div')].reverse()) {
    if (part.attributes.length === 0) part.replaceWith(...part.childNodes);
  }
  return { papers: body.querySelectorAll('.paper, [data-paper]').length, body: body.innerHTML };
}

async function fonts(report: Report, browser: Browser, url: string) {
  const page = await freshPage(browser);
  const bodies: Promise<number>[] = [];
  page.on('response', (answer) => {
    if (answer.url().includes('.woff2')) bodies.push(answer.body().then((body) => body.length));
  });
  await page.goto(url, { waitUntil: 'networkidle' });
  const bytes = (await Promise.all(bodies)).reduce((sum, size) => sum + size, 0);
  await page.close();
  report({
    figure: `fonts that the front page loads (${bodies.length} files)`,
    value: round(bytes / KB),
    unit: 'KB',
    reference: 'none',
    goal: '<= 120',
    ok: bytes <= 120 * KB,
  });
}

/** 150 ms round trip, 1.6 Mbit/s, 4 x slower CPU. */
async function throttle(page: Page): Promise<CDPSession> {
  const session = await page.context().newCDPSession(page);
  await session.send('Network.enable');
  await session.send('Network.emulateNetworkConditions', {
    offline: false,
    latency: 150,
    downloadThroughput: 1.6e6 / 8,
    uploadThroughput: 750e3 / 8,
  });
  await session.send('Emulation.setCPUThrottlingRate', { rate: 4 });
  return session;
}

async function paint(report: Report, browser: Browser, url: string) {
  const times: number[] = [];
  for (let run = 0; run < RUNS; run++) {
    const page = await freshPage(browser, 360);
    await throttle(page);
    await page.goto(url, { waitUntil: 'load' });
    times.push(await page.evaluate(largestPaint));
    await page.close();
  }
  const value = median(times);
  report({
    figure:
      'largest contentful paint of the front page, 150 ms, 1.6 Mbit/s, 4 x slower CPU, median',
    value: Math.round(value),
    unit: 'ms',
    reference: `${RUNS} runs: ${times.map(Math.round).join(', ')}; load of the machine ${round(loadavg()[0] ?? 0)}`,
    goal: '<= 1200',
    ok: value <= 1200,
  });
}

/** Runs in the page. */
function largestPaint(): Promise<number> {
  return new Promise((resolve) => {
    new PerformanceObserver((list) => resolve(list.getEntries().at(-1)?.startTime ?? 0)).observe({
      type: 'largest-contentful-paint',
      buffered: true,
    });
  });
}

async function interaction(report: Report, browser: Browser, url: string) {
  const page = await freshPage(browser);
  await page.goto(url, { waitUntil: 'networkidle' });
  await throttle(page);
  await page.evaluate(watchEvents);
  const summaries = page.locator('details.why > summary');
  for (let index = 0; index < 5; index++) await summaries.nth(index).click();
  await page.locator('summary', { hasText: 'View' }).click();
  await page.locator('[data-density-choice="compact"]').click();
  // A filter is a link: what counts is the answer to the click, not the page that follows.
  await page.evaluate(() => addEventListener('click', (event) => event.preventDefault()));
  await page
    .getByRole('navigation', { name: 'Filter' })
    .getByRole('link', { name: /PEFT/ })
    .first()
    .click();
  await page.waitForTimeout(500);
  const slowest = await page.evaluate(
    () => (window as unknown as { slowestEvent: number }).slowestEvent,
  );
  await page.close();
  report({
    figure:
      'slowest interaction (INP) of opening reasons, changing density, choosing a filter, 4 x slower CPU',
    value: Math.round(slowest),
    unit: 'ms',
    reference: `from input to next paint; load of the machine ${round(loadavg()[0] ?? 0)}`,
    goal: '<= 100',
    ok: slowest <= 100,
  });
}

/**
 * Runs in the page. As INP is defined, only events of an interaction (pointer, key, click) count: the
 * pointer's coming to rest over something while the page scrolls below it does not.
 */
function watchEvents(): void {
  const seen = window as unknown as { slowestEvent: number };
  seen.slowestEvent = 0;
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries() as (PerformanceEntry & { interactionId: number })[]) {
      if (entry.interactionId > 0) seen.slowestEvent = Math.max(seen.slowestEvent, entry.duration);
    }
  }).observe({ type: 'event', durationThreshold: 16 } as PerformanceObserverInit);
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
