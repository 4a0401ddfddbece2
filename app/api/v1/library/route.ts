import { own, ownJson, readQuery } from '@/app/api/v1/own';
import { libraryQuery, listLibrary } from '@/lib/api/library';
import { authorise } from '@/lib/readers/actor';
import { env } from '@/lib/runtime/env';

export function GET(request: Request): Promise<Response> {
  return own(request, async ({ db, actor, now }) => {
    authorise(actor, 'library:read');
    const query = readQuery(request, libraryQuery);
    if ('refused' in query) return query.refused;
    const { siteUrl } = env();
    return ownJson(await listLibrary(db, actor, query.values, { now, siteUrl }));
  });
}
