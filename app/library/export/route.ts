import { signInPath } from '@/app/signed-in';
import { libraryExportQuery } from '@/lib/api/library';
import { libraryFiles, mediaTypeOf } from '@/lib/api/library-export';
import { getDb } from '@/lib/db/client';
import { seeOther } from '@/lib/http/form';
import { problem } from '@/lib/http/problem';
import { sessionActor } from '@/lib/readers/request-actor';
import { env } from '@/lib/runtime/env';

/** The library, or a shelf of it, as a file for whoever is signed in. */
export async function GET(request: Request): Promise<Response> {
  const now = new Date();
  const db = getDb();
  const actor = await sessionActor(db, request.headers, now);
  if (actor.kind !== 'session') return seeOther(signInPath('/library'));
  const params = Object.fromEntries(new URL(request.url).searchParams);
  const query = libraryExportQuery.safeParse(params);
  if (!query.success) {
    return problem(
      400,
      'Bad request',
      `${query.error.issues[0]!.path.join('.')}: ${query.error.issues[0]!.message}`,
    );
  }
  const { format, ...filter } = query.data;
  const file = await libraryFiles(db, actor, filter, { now, siteUrl: env().siteUrl });
  return new Response(file(format), {
    headers: {
      'content-type': `${mediaTypeOf(format)}; charset=utf-8`,
      'content-disposition': `attachment; filename="${filter.shelf ? 'shelf' : 'library'}.${format}"`,
      'cache-control': 'private, no-store',
    },
  });
}
