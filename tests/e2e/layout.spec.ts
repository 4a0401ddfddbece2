import type { Page } from '@playwright/test';
import { expect, test } from './fixtures';
import { addressOf, PAGES, strainingPaper, WIDTHS } from './pages';

/** A moved element, as the Layout Instability API tells of it; TypeScript's DOM lacks it. */
interface ShiftSource {
  node: Node | null;
  previousRect: DOMRectReadOnly;
  currentRect: DOMRectReadOnly;
}
type ShiftEntry = PerformanceEntry & { value: number; sources: ShiftSource[] };

/** Collects what a reader must never meet, from before the page's first script on. */
async function watch(page: Page) {
  const errors: string[] = [];
  page.on('pageerror', (error) => errors.push(error.message));
  page.on('console', (message) => {
    // The answer's own status is no error of the page.
    if (message.type() === 'error' && !message.text().includes('status of 404')) {
      errors.push(message.text());
    }
  });
  await page.addInitScript(() => {
    const seen = window as unknown as { shifts: string[]; violations: string[] };
    seen.shifts = [];
    seen.violations = [];
    // What moved, from where to where: the score alone would not tell whoever reads the failure.
    const box = (rect: DOMRectReadOnly) =>
      [rect.x, rect.y, rect.width, rect.height].map((edge) => edge.toFixed(1)).join(' ');
    const describe = (source: ShiftSource) => {
      const { node, previousRect, currentRect } = source;
      const name = node?.textContent?.trim().slice(0, 40) || node?.nodeName;
      return `${name}: ${box(previousRect)} -> ${box(currentRect)}`;
    };
    document.addEventListener('securitypolicyviolation', (event) => {
      seen.violations.push(`${event.violatedDirective} ${event.blockedURI} ${event.sample}`);
    });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as ShiftEntry[]) {
        // One title of a long list that wraps otherwise once its font is there; .1 is called good.
        if (entry.value < 0.005) continue;
        seen.shifts.push(`${entry.value}: ${entry.sources.map(describe).join('; ')}`);
      }
    }).observe({ type: 'layout-shift', buffered: true });
  });
  return errors;
}

async function check(page: Page, path: string) {
  const errors = await watch(page);
  const answer = await page.goto(addressOf(path), { waitUntil: 'networkidle' });
  expect(answer?.headers()['content-security-policy']).toMatch(
    /script-src 'self' '(sha256|nonce)-/,
  );
  const seen = await page.evaluate(() => {
    const { shifts, violations } = window as unknown as { shifts: string[]; violations: string[] };
    const { scrollWidth, clientWidth } = document.documentElement;
    return { shifts, violations, overflow: Math.max(0, scrollWidth - clientWidth) };
  });
  expect({ ...seen, errors }).toEqual({ shifts: [], violations: [], overflow: 0, errors: [] });
}

/** Pages that are also looked at between phone and desktop: the lists, which change most. */
const BETWEEN = 10;

for (const width of WIDTHS) {
  test.describe(`${width} px: nothing moves, sticks out, or breaks the policy`, () => {
    test.use({ viewport: { width, height: 900 } });

    const pages = width === 768 ? PAGES.slice(0, BETWEEN) : PAGES;
    for (const path of pages) test(path, ({ page }) => check(page, path));
    test('a paper that strains the page', async ({ page }) =>
      check(page, `/papers/${await strainingPaper()}`));
  });
}

test('at 200 % zoom nothing sticks out', async ({ page }) => {
  // Twice the zoom is half the width, WCAG 1.4.10 asks for 320 px.
  await page.setViewportSize({ width: 320, height: 512 });
  for (const path of ['/', '/papers/1', '/subscribe', '/tags']) {
    await page.goto(path);
    const overflow = await page.evaluate(
      () => document.documentElement.scrollWidth > document.documentElement.clientWidth,
    );
    expect(overflow, path).toBe(false);
  }
});

test('no title or abstract is read as HTML', async ({ page }) => {
  let dialogs = 0;
  page.on('dialog', (dialog) => {
    dialogs += 1;
    dialog.dismiss();
  });
  await page.goto(`/papers/${await strainingPaper()}`, { waitUntil: 'networkidle' });
  await expect(page.locator('h1')).toContainText('<script>alert(1)</script>');
  expect(await page.locator('img[src="x"], a[href^="javascript:"]').count()).toBe(0);
  expect(dialogs).toBe(0);
});

test('fonts that come late move nothing', async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 800 });
  await page.route('**/*.woff2', async (route) => {
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    await route.continue();
  });
  await check(page, '/');
});
