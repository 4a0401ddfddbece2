import { own, ownJson, readQuery } from '@/app/api/v1/own';
import { forYouQuery } from '@/lib/api/interests';
import { apiPaper } from '@/lib/api/papers';
import { badParameter } from '@/lib/api/parameters';
import { feedPapers } from '@/lib/feed/query';
import { followedIn } from '@/lib/interests/followed';
import { forReader } from '@/lib/interests/for-reader';
import { isPlace } from '@/lib/interests/recommended';
import { authorise } from '@/lib/readers/actor';
import { env } from '@/lib/runtime/env';

export function GET(request: Request): Promise<Response> {
  return own(request, async ({ db, actor, now }) => {
    authorise(actor, 'interest:read');
    const query = readQuery(request, forYouQuery);
    if ('refused' in query) return query.refused;
    const { interest = null, limit, after = null } = query.values;
    if (after !== null && !isPlace(after)) {
      return badParameter('after', 'must be the `next` of a page with the same other parameters');
    }
    const found = await forReader(db, actor, { interest, limit, after });
    if (found === null) {
      return badParameter('interest', 'is none of yours: GET /api/v1/interests lists them');
    }
    const because = new Map(found.papers.map((paper) => [paper.id, paper.because]));
    const papers = await feedPapers(db, [...because.keys()], now);
    const followed = await followedIn(db, actor, papers);
    const { siteUrl } = env();
    return ownJson({
      papers: papers.map((paper) => ({
        ...apiPaper(paper, siteUrl),
        because: [
          ...because.get(paper.id)!,
          ...(followed.get(paper.id) ?? []).map(({ kind, value }) => ({
            follow: `${kind}:${value}`,
            weight: 0,
          })),
        ],
      })),
      next: found.next,
    });
  });
}
