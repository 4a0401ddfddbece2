import type { ModelDb } from '@/lib/db/sql';
import { zip } from '@/lib/runtime/zip';
import { exportReader } from '@/lib/subscribers/export-store';

/** Everything that is kept of a reader, as one zip file. */
export async function accountZip(db: ModelDb, readerId: number, now: Date): Promise<Buffer> {
  const reader = await exportReader(db, readerId);
  return zip([{ name: 'reader.json', text: `${JSON.stringify(reader, null, 2)}\n` }], now);
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
