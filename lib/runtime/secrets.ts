import { randomBytes } from 'node:crypto';
import { linkSync, readFileSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ownDataFolder, ownSecretFile } from './data-folder';

export interface LocalSecrets {
  secret: string;
  cronSecret: string;
}

/**
 * The secrets of an installation on the embedded database: made once, kept in `DATA_DIR` beside the
 * data that they protect, readable by the owner alone. Any number of processes may ask at once.
 */
export function localSecrets(dataDir: string): LocalSecrets {
  const path = join(dataDir, 'secrets.json');
  return readSecrets(path) ?? makeSecrets(dataDir, path);
}

function readSecrets(path: string): LocalSecrets | null {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
    ownSecretFile(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
  try {
    const { secret, cronSecret } = JSON.parse(text);
    if (typeof secret === 'string' && typeof cronSecret === 'string') return { secret, cronSecret };
  } catch {
    // Not JSON: the same message as for JSON of another shape.
  }
  throw new Error(
    `${path} is damaged. Restore it from a backup; or delete it, after which links in mails sent so far stop working.`,
  );
}

function makeSecrets(dataDir: string, path: string): LocalSecrets {
  ownDataFolder(dataDir);
  const made = {
    secret: randomBytes(32).toString('base64url'),
    cronSecret: randomBytes(32).toString('base64url'),
  };
  const draft = `${path}.${process.pid}`;
  writeFileSync(draft, `${JSON.stringify(made, null, 2)}\n`, { mode: 0o600 });
  try {
    // A link never replaces a file: of two processes here at once, the second takes the first's.
    linkSync(draft, path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    unlinkSync(draft);
  }
  return readSecrets(path) ?? made;
}
