import { after } from 'next/server';
import { done, noSuchPaper, own, ownJson, paperIdOf, readBody, readQuery } from '@/app/api/v1/own';
import { apiSaved, saveBody, unsaveQuery } from '@/lib/api/library';
import { problem } from '@/lib/http/problem';
import { authorise } from '@/lib/readers/actor';
import { countSoon } from '@/lib/readers/interest-signals';
import { savePaper, unsavePaper } from '@/lib/readers/library-store';

interface Context {
  params: Promise<{ id: string }>;
}

export function PUT(request: Request, { params }: Context): Promise<Response> {
  return own(request, async ({ db, actor, now, network }) => {
    // Before anything is said of the request.
    authorise(actor, 'library:write');
    const body = await readBody(request, saveBody, '{"shelf": "Thesis"}');
    if ('refused' in body) return body.refused;
    const paperId = await paperIdOf(db, (await params).id);
    if (paperId === null) return noSuchPaper();
    const saved = await savePaper(db, actor, { paperId, ...body.values, network }, now);
    if (saved === null) return noSuchPaper();
    if (saved === 'full') return problem(409, 'Conflict', 'You have as many shelves as one may.');
    after(() => countSoon(paperId));
    return ownJson({ id: paperId, saved: apiSaved(saved) });
  });
}

/** Done as well where it was not there. */
export function DELETE(request: Request, { params }: Context): Promise<Response> {
  return own(request, async ({ db, actor }) => {
    authorise(actor, 'library:write');
    const query = readQuery(request, unsaveQuery);
    if ('refused' in query) return query.refused;
    const paperId = await paperIdOf(db, (await params).id);
    if (paperId === null) return noSuchPaper();
    if (await unsavePaper(db, actor, { paperId, ...query.values })) after(() => countSoon(paperId));
    return done();
  });
}
