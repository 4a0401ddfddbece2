import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';

/**
 * A digest of files and of all that is in folders, by name and content. What is generated is left out,
 * since its sources count, and what is written for people.
 * @param {string} root
 * @param {readonly string[]} names relative to `root`
 */
export function sourceDigest(root, names) {
  const digest = createHash('sha256').update(process.version);
  /** @param {string} path */
  const add = (path) => {
    if (statSync(path).isDirectory()) {
      for (const name of readdirSync(path).sort()) if (name !== 'generated') add(join(path, name));
    } else if (!path.endsWith('.md')) {
      digest.update(relative(root, path)).update(readFileSync(path));
    }
  };
  for (const name of names) add(join(root, name));
  return digest.digest('hex');
}
