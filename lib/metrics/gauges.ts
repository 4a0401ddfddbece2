import { Counter, Gauge } from 'prom-client';
import { metrics, PREFIX } from '../http/metrics.mjs';
import { inWebProcess } from '../http/web-process.mjs';

function make() {
  const registers = [metrics().registry];
  const gauge = (name: string, help: string, labelNames: string[] = []) =>
    new Gauge({ name: PREFIX + name, help, labelNames, registers });
  return {
    up: gauge('database_up', 'Whether the database answered when this process last asked it.'),
    deliveries: gauge(
      'deliveries',
      'Digests: those in the queue, and those that ended within a day, by status.',
      ['status'],
    ),
    deliveryAge: gauge(
      'delivery_oldest_due_seconds',
      'How long the oldest digest that could leave has waited.',
    ),
    pausedDomains: gauge(
      'paused_domains',
      'Receiving domains to which no mail goes at the moment.',
    ),
    sourceLag: gauge(
      'source_lag_seconds',
      'Since the last poll that succeeded, of each source that is on.',
      ['source'],
    ),
    sourceFailures: gauge(
      'source_failures',
      'Polls in a row that failed, of each source that is on.',
      ['source'],
    ),
    jobEnd: gauge('job_last_end_timestamp_seconds', 'When a job last ended, in any process.', [
      'job',
    ]),
    jobInterval: gauge('job_interval_seconds', 'How often a job should run.', ['job']),
    jobFailed: gauge('job_failed', 'Whether the last run of a job failed.', ['job']),
    backupEnd: gauge(
      'backup_last_timestamp_seconds',
      'When the newest backup in BACKUP_DIR was begun.',
    ),
    papers: gauge('papers', 'Papers that are shown.'),
    subscriptions: gauge('subscriptions', 'Subscriptions, active and waiting to be confirmed.', [
      'status',
    ]),
    connections: gauge(
      'database_connections',
      'Connections of this process, by who asks and whether in use.',
      ['asker', 'state'],
    ),
    waiting: gauge(
      'database_waiting_requests',
      'Requests of this process that wait for a connection.',
      ['asker'],
    ),
    waits: new Counter({
      name: `${PREFIX}database_wait_seconds_total`,
      help: 'Time that requests of this process waited for a connection.',
      labelNames: ['asker'],
      registers,
    }),
  };
}

/** What is read when /metrics is asked for. */
export function gauges() {
  return inWebProcess('gauges', make);
}
