import { expect, it } from 'vitest';
import { command } from '@/lib/cli/sources';

const output = { print: () => {}, note: () => {}, progress: () => {} };

it.each([
  [['on', '--days', 'ninety'], /from 1 to 366, not "ninety"/],
  [['on', '--days', '0'], /from 1 to 366/],
  [['on', '--days', '1.5'], /from 1 to 366/],
  [['list', '--days', '90'], /goes with "sources on"/],
  [['on', 'arxiv-rss', '--days', '90'], /needs one of daily-papers, arxiv-atom/],
  [['on', 'arxiv'], /There is no source arxiv/],
])('%j is refused before anything is opened', async (args, message) => {
  await expect(command.run(args, output)).rejects.toThrow(message);
});
