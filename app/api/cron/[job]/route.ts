import { getJobDb } from '@/lib/db/client';
import { hasBearer } from '@/lib/http/bearer';
import { metrics } from '@/lib/http/metrics.mjs';
import { problem } from '@/lib/http/problem';
import { runJob } from '@/lib/jobs/run';
import { JOBS, jobByName } from '@/lib/jobs/schedule';
import { env } from '@/lib/runtime/env';

export const dynamic = 'force-dynamic';
/** Seconds that a serverless host gives a call. The budget below stays inside it. */
export const maxDuration = 60;
const BUDGET_MS = 45_000;

/**
 * Runs a job for whoever has the cron secret. GET too, because that is how hosted schedulers call:
 * the one place where a GET changes something.
 */
async function run(request: Request, { params }: { params: Promise<{ job: string }> }) {
  if (!hasBearer(request.headers, env().cronSecret)) {
    return problem(401, 'Unauthorized', 'Send Authorization: Bearer with the CRON_SECRET.', {
      headers: { 'www-authenticate': 'Bearer' },
    });
  }
  const { job: name } = await params;
  const job = jobByName(name);
  if (!job) {
    const known = JOBS.map((each) => each.name).join(', ');
    return problem(404, 'No such job', `There is no job "${name}". There are: ${known}.`);
  }
  const end = metrics().jobs.startTimer({ job: name });
  const ifDue = new URL(request.url).searchParams.get('if') === 'due';
  try {
    const report = await runJob(getJobDb(), job, { now: new Date(), budgetMs: BUDGET_MS, ifDue });
    if (!('skipped' in report)) end({ outcome: 'done' });
    return Response.json(report, { headers: { 'cache-control': 'no-store' } });
  } catch (error) {
    end({ outcome: 'failed' });
    console.error(`Job ${name} failed:`, error);
    const detail = error instanceof Error ? error.message : String(error);
    return problem(500, `Job ${name} failed`, detail);
  }
}

export { run as GET, run as POST };
