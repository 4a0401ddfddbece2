import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import type { AxeResults, RunOptions } from 'axe-core';

const source = readFileSync(
  new URL('../../node_modules/axe-core/axe.min.js', import.meta.url),
  'utf8',
);
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** What axe finds wrong with the page as it stands, by all rules or by these: rules with the places that break them. */
export async function violations(
  page: Page,
  rules: readonly string[] = [],
): Promise<[string, string[]][]> {
  await page.evaluate(source);
  const runOnly = rules.length > 0 ? [...rules] : TAGS;
  return page.evaluate(async (wanted) => {
    const { axe } = window as unknown as {
      axe: { run(options: RunOptions): Promise<AxeResults> };
    };
    const results = await axe.run({ runOnly: wanted });
    return results.violations.map(({ id, nodes }): [string, string[]] => [
      id,
      nodes.slice(0, 3).map((node) => node.html),
    ]);
  }, runOnly);
}
