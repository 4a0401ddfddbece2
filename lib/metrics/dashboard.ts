interface Panel {
  title: string;
  /** Legend and expression of each line. */
  lines: Record<string, string>;
  unit?: 's' | 'bytes' | 'reqps';
}

/** What an operator looks at, the most telling first. */
export const PANELS: readonly Panel[] = [
  {
    title: 'Digests by status',
    lines: { '{{status}}': 'max by (status) (broadsheet_deliveries)' },
  },
  {
    title: 'Oldest digest that could leave',
    lines: { waits: 'max(broadsheet_delivery_oldest_due_seconds)' },
    unit: 's',
  },
  {
    title: 'Since the last success of each source',
    lines: { '{{source}}': 'max by (source) (broadsheet_source_lag_seconds)' },
    unit: 's',
  },
  {
    title: 'Since each job last ended',
    lines: { '{{job}}': 'time() - max by (job) (broadsheet_job_last_end_timestamp_seconds)' },
    unit: 's',
  },
  {
    title: 'Duration of jobs, mean',
    lines: {
      '{{job}}':
        'sum by (job) (rate(broadsheet_job_duration_seconds_sum[30m])) / sum by (job) (rate(broadsheet_job_duration_seconds_count[30m]))',
    },
    unit: 's',
  },
  {
    title: 'Requests by class of route',
    lines: {
      '{{route}}': 'sum by (route) (rate(broadsheet_http_request_duration_seconds_count[5m]))',
    },
    unit: 'reqps',
  },
  {
    title: 'Answers by class of status',
    lines: {
      '{{status}}': 'sum by (status) (rate(broadsheet_http_request_duration_seconds_count[5m]))',
    },
    unit: 'reqps',
  },
  {
    title: 'Time of an answer, 95 in 100',
    lines: {
      '{{route}}':
        'histogram_quantile(0.95, sum by (le, route) (rate(broadsheet_http_request_duration_seconds_bucket[5m])))',
    },
    unit: 's',
  },
  {
    title: 'Share of lookups that a cache answers',
    lines: {
      '{{cache}}':
        'sum by (cache) (rate(broadsheet_cache_lookups_total{result="hit"}[5m])) / sum by (cache) (rate(broadsheet_cache_lookups_total[5m]))',
    },
  },
  {
    title: 'Requests that wait for a connection',
    lines: { '{{asker}}': 'sum by (asker) (broadsheet_database_waiting_requests)' },
  },
  {
    title: 'Seconds waited for a connection, each second',
    lines: { '{{asker}}': 'sum by (asker) (rate(broadsheet_database_wait_seconds_total[5m]))' },
  },
  {
    title: 'Event loop lag, 99 in 100',
    lines: { '{{instance}}': 'broadsheet_nodejs_eventloop_lag_p99_seconds' },
    unit: 's',
  },
  {
    title: 'Memory of each web process',
    lines: { '{{instance}}': 'broadsheet_process_resident_memory_bytes' },
    unit: 'bytes',
  },
  {
    title: 'Papers and subscriptions',
    lines: {
      papers: 'max(broadsheet_papers)',
      '{{status}} subscriptions': 'max by (status) (broadsheet_subscriptions)',
    },
  },
];

const COLUMNS = 2;
const WIDTH = 12;
const HEIGHT = 8;

/** The dashboard as Grafana imports it; it asks for the data source then. */
export function dashboard() {
  // biome-ignore lint/suspicious/noTemplateCurlyInString: a variable of Grafana's
  const datasource = { type: 'prometheus', uid: '${DS_PROMETHEUS}' };
  return {
    __inputs: [
      {
        name: 'DS_PROMETHEUS',
        label: 'Prometheus',
        type: 'datasource',
        pluginId: 'prometheus',
        pluginName: 'Prometheus',
      },
    ],
    title: 'Broadsheet',
    uid: 'broadsheet',
    schemaVersion: 39,
    refresh: '1m',
    time: { from: 'now-24h', to: 'now' },
    timezone: 'browser',
    tags: ['broadsheet'],
    panels: PANELS.map(({ title, lines, unit }, index) => ({
      id: index + 1,
      type: 'timeseries',
      title,
      datasource,
      gridPos: {
        x: (index % COLUMNS) * WIDTH,
        y: Math.floor(index / COLUMNS) * HEIGHT,
        w: WIDTH,
        h: HEIGHT,
      },
      fieldConfig: { defaults: { min: 0, ...(unit && { unit }) }, overrides: [] },
      options: { legend: { displayMode: 'list', placement: 'bottom' }, tooltip: { mode: 'multi' } },
      targets: Object.entries(lines).map(([legendFormat, expr], line) => ({
        refId: String.fromCharCode('A'.charCodeAt(0) + line),
        datasource,
        expr,
        legendFormat,
      })),
    })),
  };
}
