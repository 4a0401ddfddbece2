import { loadSample, removeSample } from '@/lib/sources/sample';
import { type Command, UsageError } from './command';
import { withDatabase } from './database';

export const command: Command = {
  name: 'sample',
  usage: ['sample remove', 'sample load'],
  summary: 'take the sample catalogue away for good, or bring it back',
  async run([action, ...rest], { print }) {
    if (rest.length > 0 || (action !== 'remove' && action !== 'load')) {
      throw new UsageError('Say "sample remove" or "sample load".');
    }
    return withDatabase('sample', async (db) => {
      if (action === 'load') print(`${await loadSample(db, new Date())} sample papers loaded`);
      else
        print(
          `${await removeSample(db, new Date())} sample papers removed; papers that a source confirmed stay`,
        );
      return 0;
    });
  },
};
