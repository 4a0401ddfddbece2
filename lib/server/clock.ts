import { JOBS } from '../jobs/schedule';

/**
 * The built-in clock: calls the cron routes of the web server beside it, each job at its cadence, as
 * a crontab would. The routes see to it that several clocks do the work once.
 */
export function startClock(
  { port, cronSecret }: { port: number; cronSecret: string },
  say: (line: string) => void,
): () => void {
  const call = async (name: string) => {
    try {
      const response = await fetch(`http://127.0.0.1:${port}/api/cron/${name}?if=due`, {
        method: 'POST',
        headers: { authorization: `Bearer ${cronSecret}` },
        signal: AbortSignal.timeout(10 * 60_000),
      });
      if (!response.ok) {
        const { detail = response.statusText } = await response.json().catch(() => ({}));
        say(`Job ${name}: ${detail}`);
      }
    } catch (error) {
      say(`Job ${name}: ${(error as Error).message}`);
    }
  };
  const timers = JOBS.map((job) =>
    setInterval(() => void call(job.name), job.everyMinutes * 60_000),
  );
  return () => timers.forEach(clearInterval);
}
