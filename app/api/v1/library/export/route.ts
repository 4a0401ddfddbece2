import { own, readQuery } from '@/app/api/v1/own';
import { libraryExportQuery } from '@/lib/api/library';
import { libraryFiles, mediaTypeOf } from '@/lib/api/library-export';
import { authorise } from '@/lib/readers/actor';
import { env } from '@/lib/runtime/env';

export function GET(request: Request): Promise<Response> {
  return own(request, async ({ db, actor, now }) => {
    authorise(actor, 'library:read');
    const query = readQuery(request, libraryExportQuery);
    if ('refused' in query) return query.refused;
    const { format, ...filter } = query.values;
    const file = await libraryFiles(db, actor, filter, { now, siteUrl: env().siteUrl });
    return new Response(file(format), {
      headers: {
        'content-type': `${mediaTypeOf(format)}; charset=utf-8`,
        'content-disposition': `attachment; filename="library.${format}"`,
        'cache-control': 'no-store',
      },
    });
  });
}
