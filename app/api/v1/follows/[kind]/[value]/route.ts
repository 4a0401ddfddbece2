import { done, own, ownJson } from '@/app/api/v1/own';
import { apiFollow } from '@/lib/api/follows';
import { problem } from '@/lib/http/problem';
import { decodeSegment } from '@/lib/http/segment';
import { authorise } from '@/lib/readers/actor';
import { putFollow, removeFollow } from '@/lib/readers/reader-follows';
import { FOLLOW_KINDS, type FollowKind } from '@/lib/subscribers/follow';

interface Context {
  params: Promise<{ kind: string; value: string }>;
}

/** What the address names; null where its kind is none. */
async function named({ params }: Context): Promise<{ kind: FollowKind; value: string } | null> {
  const { kind, value } = await params;
  const known = FOLLOW_KINDS.find((each) => each === kind);
  return known ? { kind: known, value: decodeSegment(value) } : null;
}

const noSuchKind = () =>
  problem(
    404,
    'Not found',
    'One can follow a tag, an author, a search or a category, nothing else.',
  );

export function PUT(request: Request, context: Context): Promise<Response> {
  return own(request, async ({ db, actor, now }) => {
    // Before anything is said of the request.
    authorise(actor, 'follow:write');
    const wanted = await named(context);
    if (!wanted) return noSuchKind();
    const put = await putFollow(db, actor, wanted.kind, wanted.value, now);
    if (put.ok) return ownJson(apiFollow(put.follow));
    return put.why === 'full'
      ? problem(409, 'Conflict', put.problem)
      : problem(404, 'Not found', put.problem);
  });
}

/** Done as well where it was not followed. */
export function DELETE(request: Request, context: Context): Promise<Response> {
  return own(request, async ({ db, actor }) => {
    authorise(actor, 'follow:write');
    const wanted = await named(context);
    if (!wanted) return noSuchKind();
    await removeFollow(db, actor, wanted.kind, wanted.value);
    return done();
  });
}
