import { randomBytes } from 'node:crypto';
import { linkSync, readFileSync, renameSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ownDataFolder, ownSecretFile } from './data-folder';

export interface LocalSecrets {
  secret: string;
  /** What `secret` was before the last rotation. */
  previousSecret: string | null;
  /** Hashes the addresses of the suppression list, which must outlive any `secret`. */
  suppressionKey: string;
  cronSecret: string;
}

/**
 * The secrets of an installation on the embedded database: made once, kept in `DATA_DIR` beside the
 * data that they protect, readable by the owner alone. Any number of processes may ask at once.
 */
export function localSecrets(dataDir: string): LocalSecrets {
  const path = secretsPath(dataDir);
  return readSecrets(path) ?? makeSecrets(dataDir, path);
}

export function secretsPath(dataDir: string): string {
  return join(dataDir, 'secrets.json');
}

const random = () => randomBytes(32).toString('base64url');

/** A new secret in the place of the present one, which is remembered; all else stays. */
export function rotated(before: LocalSecrets): LocalSecrets {
  return { ...before, secret: random(), previousSecret: before.secret };
}

/** Rotates the secrets that are kept in `dataDir`. */
export function rotateLocalSecrets(dataDir: string): LocalSecrets {
  const path = secretsPath(dataDir);
  const after = rotated(localSecrets(dataDir));
  const draft = writeDraft(path, after);
  renameSync(draft, path);
  return after;
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
    const { secret, previousSecret, suppressionKey, cronSecret } = JSON.parse(text);
    if (typeof secret === 'string' && typeof cronSecret === 'string') {
      return {
        secret,
        previousSecret: previousSecret ?? null,
        // Files from before it had a key of its own hashed with the secret.
        suppressionKey: suppressionKey ?? secret,
        cronSecret,
      };
    }
  } catch {
    // Not JSON: the same message as for JSON of another shape.
  }
  throw new Error(
    `${path} is damaged. Restore it from a backup; or delete it, after which links in mails sent so far stop working.`,
  );
}

function makeSecrets(dataDir: string, path: string): LocalSecrets {
  ownDataFolder(dataDir);
  const made: LocalSecrets = {
    secret: random(),
    previousSecret: null,
    suppressionKey: random(),
    cronSecret: random(),
  };
  const draft = writeDraft(path, made);
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

function writeDraft(path: string, secrets: LocalSecrets): string {
  const draft = `${path}.${process.pid}`;
  writeFileSync(draft, `${JSON.stringify(secrets, null, 2)}\n`, { mode: 0o600 });
  return draft;
}
