/** A state that needs a look, as a Prometheus alert. */
export interface AlertRule {
  alert: string;
  expr: string;
  for: string;
  severity: 'warning' | 'critical';
  summary: string;
}

/**
 * What the database knows, every web process tells: hence `max`, without `instance`. What is wrong in
 * detail, and what to do, `npm run cli -- doctor` says.
 */
export const RULES: readonly AlertRule[] = [
  {
    alert: 'BroadsheetDatabaseAway',
    expr: 'min(broadsheet_database_up) == 0',
    for: '2m',
    severity: 'critical',
    summary: 'A web process cannot reach the database.',
  },
  {
    alert: 'BroadsheetDigestsWait',
    expr: 'max(broadsheet_delivery_oldest_due_seconds) > 3600',
    for: '10m',
    severity: 'critical',
    summary: 'Digests that could leave have waited for more than an hour.',
  },
  {
    alert: 'BroadsheetDigestsFail',
    expr: 'max(broadsheet_deliveries{status="failed"}) > 0.05 * clamp_min(max(broadsheet_deliveries{status="sent"}), 20)',
    for: '30m',
    severity: 'warning',
    summary: 'More than one digest in twenty was refused within a day.',
  },
  {
    alert: 'BroadsheetJobFails',
    expr: 'max by (job) (broadsheet_job_failed) == 1',
    for: '30m',
    severity: 'warning',
    summary: 'The job {{ $labels.job }} fails.',
  },
  {
    alert: 'BroadsheetJobStale',
    expr: 'time() - max by (job) (broadsheet_job_last_end_timestamp_seconds) > 3 * max by (job) (broadsheet_job_interval_seconds) + 300',
    for: '5m',
    severity: 'critical',
    summary: 'The job {{ $labels.job }} has missed three turns.',
  },
  {
    alert: 'BroadsheetSourceFails',
    expr: 'max by (source) (broadsheet_source_failures) >= 3',
    for: '1h',
    severity: 'warning',
    summary: 'The source {{ $labels.source }} has failed three times in a row.',
  },
  {
    alert: 'BroadsheetBackupOld',
    expr: 'time() - max(broadsheet_backup_last_timestamp_seconds) > 2 * 86400',
    for: '1h',
    severity: 'warning',
    summary: 'The newest backup is more than two days old.',
  },
  {
    alert: 'BroadsheetErrors',
    expr: 'sum(rate(broadsheet_http_request_duration_seconds_count{status="5xx"}[5m])) > 0.02 * sum(rate(broadsheet_http_request_duration_seconds_count[5m]))',
    for: '10m',
    severity: 'critical',
    summary: 'More than one answer in fifty is an error.',
  },
  {
    alert: 'BroadsheetSlow',
    expr: 'histogram_quantile(0.95, sum by (le) (rate(broadsheet_http_request_duration_seconds_bucket{route=~"pages|papers|search"}[5m]))) > 1',
    for: '15m',
    severity: 'warning',
    summary: 'One page in twenty takes more than a second.',
  },
];

/** The rules as a file of Prometheus. */
export function rulesFile(rules: readonly AlertRule[] = RULES): string {
  const lines = ['groups:', '  - name: broadsheet', '    rules:'];
  for (const rule of rules) {
    lines.push(
      `      - alert: ${rule.alert}`,
      // A string of JSON is one of YAML.
      `        expr: ${JSON.stringify(rule.expr)}`,
      `        for: ${rule.for}`,
      '        labels:',
      `          severity: ${rule.severity}`,
      '        annotations:',
      `          summary: ${JSON.stringify(rule.summary)}`,
    );
  }
  return lines.join('\n');
}
