import { strToU8, zipSync } from 'fflate';
import type { ModelDb } from '@/lib/db/sql';
import { type Actor, authorise } from '@/lib/readers/actor';
import { exportReader } from '@/lib/subscribers/export-store';
import { LIBRARY_FORMATS } from './library';
import { libraryFiles } from './library-export';

/** Everything that is kept of a reader, as one zip file; the library also in the formats of other programs. */
export async function accountZip(
  db: ModelDb,
  actor: Actor,
  place: { now: Date; siteUrl: string },
): Promise<Uint8Array<ArrayBuffer>> {
  const readerId = authorise(actor, 'account:export');
  const reader = await exportReader(db, readerId);
  const file = await libraryFiles(db, { kind: 'operator', readerId }, {}, place);
  const texts: [string, string][] = [
    ['reader.json', `${JSON.stringify(reader, null, 2)}\n`],
    ...LIBRARY_FORMATS.map((format): [string, string] => [`library.${format}`, file(format)]),
  ];
  const files = Object.fromEntries(texts.map(([name, text]) => [name, strToU8(text)]));
  return zipSync(files, { mtime: place.now });
}

export function zipAnswer(file: Uint8Array<ArrayBuffer>): Response {
  return new Response(file, {
    headers: {
      'content-type': 'application/zip',
      'content-disposition': 'attachment; filename="broadsheet-reader.zip"',
      'cache-control': 'no-store',
    },
  });
}
