import { describe, expect, it } from 'vitest';
import { UsageError } from '@/lib/cli/command';
import { command } from '@/lib/cli/rank';

const silent = { print: () => {}, note: () => {}, progress: () => {} };
const refused = (...args: string[]) =>
  command.run(args, silent).then(
    () => 'nothing',
    (error) => (error instanceof UsageError ? error.message : error),
  );

describe('rank replay', () => {
  it('says how to write a day', async () => {
    expect(await refused('replay', '--from', '2026-w12')).toBe(
      '"2026-w12" is no day. An example: --from 2026-03-12',
    );
    expect(await refused('replay', '--to', 'yesterday')).toContain('An example: --to 2026-03-12');
  });

  it('refuses days whose counts still move, and names the last that it takes', async () => {
    const today = new Date().toISOString().slice(0, 10);
    expect(await refused('replay', '--to', today)).toMatch(
      /: --to \d{4}-\d\d-\d\d at the latest\.$/,
    );
  });

  it('refuses a range that ends before it begins', async () => {
    const range = ['--from', '2026-03-12', '--to', '2026-03-11'];
    expect(await refused('replay', ...range)).toBe('--from is a day before --to, or the same.');
  });
});
