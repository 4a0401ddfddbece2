import { own, ownJson } from '@/app/api/v1/own';
import { apiFollow } from '@/lib/api/follows';
import { listFollows } from '@/lib/readers/reader-follows';

export function GET(request: Request): Promise<Response> {
  return own(request, async ({ db, actor }) => {
    const follows = await listFollows(db, actor);
    return ownJson({
      follows: follows.map((each) => ({ ...apiFollow(each), since: each.createdAt })),
    });
  });
}
