import { expect, test } from 'vitest';
import { metrics, routeClass } from '@/lib/http/metrics.mjs';
import { dashboard, PANELS } from '@/lib/metrics/dashboard';
import { gauges } from '@/lib/metrics/gauges';
import { RULES, rulesFile } from '@/lib/metrics/rules';

gauges();
const known = new Set(
  metrics()
    .registry.getMetricsAsArray()
    .map(({ name }) => name),
);
const expressions = [
  ...RULES.map(({ expr }) => expr),
  ...PANELS.flatMap(({ lines }) => Object.values(lines)),
];

test.each(expressions)('%s asks for metrics that there are', (expression) => {
  const asked = expression.match(/broadsheet_\w+/g) ?? [];
  expect(asked.length).toBeGreaterThan(0);
  for (const name of asked) {
    expect(known).toContain(
      known.has(name) ? name : name.replace(/_(?:bucket|count|sum|p99_seconds)$/, ''),
    );
  }
});

test('every metric of ours has the prefix, and none is misnamed', () => {
  expect([...known].filter((name) => !name.startsWith('broadsheet_'))).toEqual([]);
  expect([...known].filter((name) => /nodejs_active_.*_total/.test(name))).toEqual([]);
});

test('the dashboard is JSON whose panels stand side by side, and the rules one document', () => {
  const { panels } = JSON.parse(JSON.stringify(dashboard()));
  const places = panels.map(({ gridPos }: { gridPos: { x: number; y: number } }) =>
    [gridPos.x, gridPos.y].join(),
  );
  expect(new Set(places).size).toBe(panels.length);
  expect(rulesFile().match(/- alert: /g)).toHaveLength(RULES.length);
});

test.each([
  ['/', 'pages'],
  ['/tags/peft', 'pages'],
  ['/papers/12', 'papers'],
  ['/search', 'search'],
  ['/feeds/all.atom', 'feeds'],
  ['/api/v1/papers', 'api'],
  ['/api/cron/rank', 'cron'],
  ['/api/health', 'health'],
  ['/api/webhooks/ses', 'webhooks'],
  ['/unsubscribe/abc', 'readers'],
  ['/_next/static/x.js', 'assets'],
  ['/favicon.ico', 'assets'],
  ['/mcp', 'mcp'],
  ['/some/made-up/address', 'pages'],
])('%s is counted as %s', (path, route) => {
  expect(routeClass(path)).toBe(route);
});
