import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/**
 * Generates the Prisma client, unless the present one was generated from this `schema.prisma`. Plain
 * JavaScript, because everything else is compiled after it.
 */
export function generateClient() {
  const require = createRequire(import.meta.url);
  const stamp = join(ROOT, 'lib/db/generated/.made-from');
  const made = createHash('sha256')
    .update(readFileSync(join(ROOT, 'prisma/schema.prisma')))
    .update(readFileSync(require.resolve('prisma/package.json')))
    .digest('hex');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === made) return;
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [require.resolve('prisma/build/index.js'), 'generate'],
    {
      cwd: ROOT,
      encoding: 'utf8',
      env: {
        ...process.env,
        CHECKPOINT_DISABLE: '1',
        PRISMA_HIDE_UPDATE_MESSAGE: '1',
        // Generating needs no engine binary, but Prisma downloads one unless it is given some file.
        PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
      },
    },
  );
  if (status !== 0) throw new Error(`prisma generate failed.\n${stdout}\n${stderr}`);
  writeFileSync(stamp, made);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) generateClient();
