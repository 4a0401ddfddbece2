// @ts-check
/**
 * What a web process counts of itself, for /metrics. Our server and Next's bundles count into one
 * registry; what the database knows is added by lib/metrics.
 */
import { Counter, collectDefaultMetrics, Histogram, Registry } from 'prom-client';
import { inWebProcess } from './web-process.mjs';

export const PREFIX = 'broadsheet_';

/** Named as counters though they are none: checkers refuse them. */
const MISNAMED = ['handles', 'requests', 'resources'].map(
  (each) => `${PREFIX}nodejs_active_${each}_total`,
);

function make() {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry, prefix: PREFIX });
  for (const name of MISNAMED) registry.removeSingleMetric(name);
  return {
    registry,
    requests: new Histogram({
      name: `${PREFIX}http_request_duration_seconds`,
      help: 'Time from a request to the end of its answer, by class of route and of status.',
      labelNames: ['route', 'status'],
      buckets: [0.005, 0.025, 0.1, 0.25, 0.5, 1, 2.5, 5],
      registers,
    }),
    lookups: new Counter({
      name: `${PREFIX}cache_lookups_total`,
      help: 'Lookups in a cache (answers ready to send, pages), by result.',
      labelNames: ['cache', 'result'],
      registers,
    }),
    jobs: new Histogram({
      name: `${PREFIX}job_duration_seconds`,
      help: 'How long a job took in this process, by job and outcome.',
      labelNames: ['job', 'outcome'],
      buckets: [0.1, 0.5, 1, 5, 15, 45, 120, 600],
      registers,
    }),
  };
}

/** The metrics of this process. */
export function metrics() {
  return inWebProcess('metrics', make);
}

/** First segments of paths that are a class of their own; the rest are pages that anybody may read. */
const CLASSES = new Map([
  ['_next', 'assets'],
  ['api', 'api'],
  ['cards', 'cards'],
  ['feeds', 'feeds'],
  ['mcp', 'mcp'],
  ['metrics', 'metrics'],
  ['papers', 'papers'],
  ['search', 'search'],
  ['sitemaps', 'feeds'],
]);
const READERS = /^(?:subscribe|confirm|preferences|account|unsubscribe|feedback|digests|outbox)$/;
const OWN_CLASS_OF_API = /^\/api\/(cron|webhooks|health)(?:\/|$)/;

/**
 * Which class of routes a path belongs to: few, and without anything that a client wrote.
 *
 * @param {string} path without query
 */
export function routeClass(path) {
  const [, own] = OWN_CLASS_OF_API.exec(path) ?? [];
  if (own) return own;
  const first = path.split('/', 2)[1] ?? '';
  if (READERS.test(first)) return 'readers';
  return CLASSES.get(first) ?? (/\.[a-z]+$/.test(path) ? 'assets' : 'pages');
}
