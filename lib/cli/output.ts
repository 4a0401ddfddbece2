import type { Output } from './command';

const LOG_EVERY_MS = 5_000;

/** Answers on standard output; progress and complaints on standard error. */
export function terminalOutput(): Output {
  // Whoever reads our answer has enough of it, as `head` does: that is no failure.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(0);
    throw error;
  });
  const live = process.stderr.isTTY;
  let open = false;
  let last = 0;
  const closeProgress = () => {
    if (open) process.stderr.write('\n');
    open = false;
  };
  return {
    print(line) {
      closeProgress();
      process.stdout.write(`${line}\n`);
    },
    note(line) {
      closeProgress();
      process.stderr.write(`${line}\n`);
    },
    progress(line) {
      if (live) {
        process.stderr.write(`\r\x1b[K${line}`);
        open = true;
      } else if (Date.now() - last >= LOG_EVERY_MS) {
        last = Date.now();
        process.stderr.write(`${line}\n`);
      }
    },
  };
}
