import type { ModelDb } from '@/lib/db/sql';
import { type Actor, authorise } from '@/lib/readers/actor';
import { zip } from '@/lib/runtime/zip';
import { exportReader } from '@/lib/subscribers/export-store';
import { LIBRARY_FORMATS } from './library';
import { libraryFiles } from './library-export';

/** Everything that is kept of a reader, as one zip file; the library also in the formats of other programs. */
export async function accountZip(
  db: ModelDb,
  actor: Actor,
  place: { now: Date; siteUrl: string },
): Promise<Buffer> {
  const readerId = authorise(actor, 'account:export');
  const reader = await exportReader(db, readerId);
  const file = await libraryFiles(db, { kind: 'operator', readerId }, {}, place);
  return zip(
    [
      { name: 'reader.json', text: `${JSON.stringify(reader, null, 2)}\n` },
      ...LIBRARY_FORMATS.map((format) => ({ name: `library.${format}`, text: file(format) })),
    ],
    place.now,
  );
}

export function zipAnswer(file: Buffer): Response {
  return new Response(new Uint8Array(file), {
    headers: {
      'content-type': 'application/zip',
      'content-disposition': 'attachment; filename="broadsheet-reader.zip"',
      'cache-control': 'no-store',
    },
  });
}
