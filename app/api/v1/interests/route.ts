import { own, ownJson, readBody } from '@/app/api/v1/own';
import { apiInterest, interestBody } from '@/lib/api/for-you';
import { badParameter } from '@/lib/api/parameters';
import { problem } from '@/lib/http/problem';
import { createInterest, interestsOf } from '@/lib/interests/interest-store';
import { papersInBibtex, papersNamed } from '@/lib/interests/references';
import { authorise } from '@/lib/readers/actor';

/** A .bib file of 2,000 entries with abstracts. */
const MOST_BYTES = 4 * 1024 * 1024;

export function GET(request: Request): Promise<Response> {
  return own(request, async ({ db, actor }) => {
    const interests = await interestsOf(db, actor);
    return ownJson({ interests: interests.map(apiInterest) });
  });
}

export function POST(request: Request): Promise<Response> {
  return own(request, async ({ db, actor, now }) => {
    // Before anything is said of the request.
    authorise(actor, 'interest:write');
    const example = '{"name": "Thesis", "ids": ["2106.09685"]}';
    const body = await readBody(request, interestBody, example, MOST_BYTES);
    if ('refused' in body) return body.refused;
    const { name, ids, bibtex } = body.values;
    if ((ids === undefined) === (bibtex === undefined)) {
      return badParameter('ids', 'or "bibtex" has to be given, one of the two');
    }
    const { papers, missing } = ids
      ? await papersNamed(db, ids.map(String))
      : await papersInBibtex(db, bibtex!, now);
    if (papers.length === 0) {
      return badParameter(ids ? 'ids' : 'bibtex', 'names no paper of this catalogue');
    }
    const interest = await createInterest(db, actor, { name, papers }, now);
    if (interest === null) {
      return problem(409, 'Conflict', 'You have as many interests as one may. Delete one first.');
    }
    return ownJson({ ...apiInterest(interest), missing }, 201);
  });
}
