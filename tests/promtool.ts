/**
 * `node --import tsx tests/promtool.ts [PROMTOOL]`: has Prometheus' own checker look at /metrics of a real
 * server, at the alert rules, and at every expression of the dashboard. Get it without its service:
 * `apt-get download prometheus && dpkg -x prometheus_*.deb DIR`, then `DIR/usr/bin/promtool`.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { dashboard } from '../lib/metrics/dashboard';
import { type AlertRule, RULES, rulesFile } from '../lib/metrics/rules';
import { startServer } from './server';

const promtool = process.argv[2] ?? 'promtool';
const folder = mkdtempSync(join(tmpdir(), 'broadsheet-promtool-'));
let failures = 0;

function check(what: string, args: string[], input?: string): void {
  const { status, stdout, stderr, error } = spawnSync(promtool, args, { input, encoding: 'utf8' });
  if (error) throw new Error(`${promtool} cannot be run: ${error.message}`);
  console.log(`${status === 0 ? 'ok    ' : 'FAILED'} ${what}`);
  if (status === 0) return;
  console.log(stdout + stderr);
  failures++;
}

function checkRules(what: string, name: string, rules: readonly AlertRule[]): void {
  const path = join(folder, name);
  writeFileSync(path, rulesFile(rules));
  check(what, ['check', 'rules', path]);
}

/** As promtool tests rules: what is told, and which alerts there are then. */
const CASES = `rule_files: [rules.yml]
evaluation_interval: 1m
tests:
  - interval: 1m
    input_series:
      - series: 'broadsheet_database_up{instance="a"}'
        values: '0x20'
      - series: 'broadsheet_job_interval_seconds{job="rank",instance="a"}'
        values: '300x60'
      - series: 'broadsheet_job_last_end_timestamp_seconds{job="rank",instance="a"}'
        values: '0x60'
      - series: 'broadsheet_job_failed{job="rank",instance="a"}'
        values: '0x60'
    alert_rule_test:
      - eval_time: 1m
        alertname: BroadsheetDatabaseAway
      - eval_time: 10m
        alertname: BroadsheetDatabaseAway
        exp_alerts:
          - exp_labels: { severity: critical }
            exp_annotations: { summary: 'A web process cannot reach the database.' }
      - eval_time: 15m
        alertname: BroadsheetJobStale
      - eval_time: 40m
        alertname: BroadsheetJobStale
        exp_alerts:
          - exp_labels: { severity: critical, job: rank }
            exp_annotations: { summary: 'The job rank has missed three turns.' }
      - eval_time: 50m
        alertname: BroadsheetJobFails
`;

const server = await startServer({ METRICS_TOKEN: 'metrics-token-of-the-tests', SAMPLE: 'off' });
try {
  await fetch(server.url);
  const headers = { authorization: 'Bearer metrics-token-of-the-tests' };
  const metrics = await (await fetch(`${server.url}/metrics`, { headers })).text();
  check('metrics', ['check', 'metrics'], metrics);
  checkRules('alert rules', 'rules.yml', RULES);
  const panels = dashboard().panels.flatMap(({ targets }) => targets.map(({ expr }) => expr));
  checkRules(
    'expressions of the dashboard',
    'panels.yml',
    panels.map((expr, index) => ({
      alert: `Panel${index}`,
      expr,
      for: '1m',
      severity: 'warning',
      summary: '',
    })),
  );
  writeFileSync(join(folder, 'cases.yml'), CASES);
  check('what the rules alert of', ['test', 'rules', join(folder, 'cases.yml')]);
} finally {
  await server.stop();
  rmSync(folder, { recursive: true });
}
process.exitCode = failures > 0 ? 1 : 0;
