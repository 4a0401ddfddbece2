import { after } from 'next/server';
import { done, noSuchPaper, own, ownJson, paperIdOf, readBody } from '@/app/api/v1/own';
import { voteBody } from '@/lib/api/library';
import { authorise } from '@/lib/readers/actor';
import { countSoon } from '@/lib/readers/interest-signals';
import { castVote, takeVoteBack } from '@/lib/readers/vote-store';

interface Context {
  params: Promise<{ id: string }>;
}

export function PUT(request: Request, { params }: Context): Promise<Response> {
  return own(request, async ({ db, actor, now, network }) => {
    // Before anything is said of the request.
    authorise(actor, 'vote:write');
    const body = await readBody(request, voteBody, '{"value": 1}');
    if ('refused' in body) return body.refused;
    const paperId = await paperIdOf(db, (await params).id);
    const { value } = body.values;
    if (paperId === null || !(await castVote(db, actor, { paperId, value, network }, now))) {
      return noSuchPaper();
    }
    after(() => countSoon(paperId));
    return ownJson({ id: paperId, value });
  });
}

/** Done as well where there was no vote. */
export function DELETE(request: Request, { params }: Context): Promise<Response> {
  return own(request, async ({ db, actor }) => {
    authorise(actor, 'vote:write');
    const paperId = await paperIdOf(db, (await params).id);
    if (paperId === null) return noSuchPaper();
    if (await takeVoteBack(db, actor, paperId)) after(() => countSoon(paperId));
    return done();
  });
}
