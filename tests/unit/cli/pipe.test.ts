import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, it } from 'vitest';

it('a command whose pipe is closed, as by `| head`, ends quietly', async () => {
  const child = spawn(process.execPath, ['lib/bundle/run.mjs', 'cli', 'help'], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let complaint = '';
  child.stderr.on('data', (data) => {
    complaint += data;
  });
  child.stdout.destroy();
  const [code] = await once(child, 'close');
  expect({ code, complaint }).toEqual({ code: 0, complaint: '' });
});
