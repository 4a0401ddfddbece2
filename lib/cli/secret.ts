import { randomBytes } from 'node:crypto';
import { env } from '../runtime/env';
import { rotateLocalSecrets, secretsPath } from '../runtime/secrets';
import { parseSettings } from '../runtime/settings';
import { rehashReaders } from '../subscribers/suppression-key-store';
import { type Command, type Output, UsageError } from './command';
import { withDatabase } from './database';

export const command: Command = {
  name: 'secret',
  usage: ['secret rotate', 'secret rehash'],
  summary: 'a new SECRET, with the suppression list kept; make hashes anew after its key was lost',
  async run(args, output) {
    if (args.length === 1 && args[0] === 'rotate') return rotate(output);
    if (args.length === 1 && args[0] === 'rehash') return rehash(output);
    throw new UsageError(`"secret ${args.join(' ')}" is not understood.`);
  },
};

function rotate({ print, note }: Output): number {
  const { secret, suppressionKey, dataDir } = env();
  if (parseSettings(process.env).raw.SECRET) {
    print(`SECRET=${randomBytes(32).toString('base64url')}`);
    print(`PREVIOUS_SECRET=${secret}`);
    print(`SUPPRESSION_KEY=${suppressionKey}`);
    note('Put these three into the settings of every process, and start them again.');
  } else {
    rotateLocalSecrets(dataDir);
    print(`${secretsPath(dataDir)} has a new secret. Start the server again.`);
  }
  note(
    'Links in mails sent so far then unsubscribe and do nothing else; the next rotation ends that too. The outbox has a new link. The suppression list stays as it is.',
  );
  return 0;
}

/** For the case that the key is lost: of erased readers nothing is known but hashes, which become void. */
async function rehash({ print }: Output): Promise<number> {
  const { suppressionKey } = env();
  const { renewed, void: lost } = await withDatabase('secret rehash', (db) =>
    rehashReaders(db, suppressionKey),
  );
  print(`${renewed} readers have a new hash.`);
  print(`${lost} suppressed addresses are of nobody who is here: with another key they are void.`);
  return 0;
}
