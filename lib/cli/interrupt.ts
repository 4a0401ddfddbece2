import type { Output } from './command';

/** Ctrl-C lets the work stop in good order; a second one ends it at once. */
export function onInterrupt(output: Output): { signal: AbortSignal; dispose: () => void } {
  const abort = new AbortController();
  const stop = () => {
    if (abort.signal.aborted) process.exit(130);
    output.note('Stopping after this batch; the same command goes on from there.');
    abort.abort();
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  const dispose = () => {
    process.off('SIGINT', stop);
    process.off('SIGTERM', stop);
  };
  return { signal: abort.signal, dispose };
}
