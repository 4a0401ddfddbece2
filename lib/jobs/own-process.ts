import { spawn } from 'node:child_process';

const LONGEST_COMPLAINT = 2_000;

/**
 * Runs a command of ours in a process of its own, behind the readers: a web process would hold for long
 * what it needs. It ends with this process, and after `limitMs`. A failure says the command's last line.
 */
export function runCommand(name: string, limitMs?: number): Promise<void> {
  const child = spawn(process.execPath, ['--', 'lib/bundle/run.mjs', 'cli', name], {
    stdio: ['ignore', 'ignore', 'pipe'],
    timeout: limitMs,
  });
  let complaint = '';
  child.stderr.on('data', (chunk) => {
    complaint = (complaint + chunk).slice(-LONGEST_COMPLAINT);
  });
  const end = () => child.kill();
  process.once('exit', end);
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => {
      process.off('exit', end);
      if (code === 0) resolve();
      else reject(new Error(`"${name}" failed. ${complaint.trim().split('\n').at(-1)}`));
    });
  });
}
