import { getDb } from '@/lib/db/client';
import { problem } from '@/lib/http/problem';
import { completions } from '@/lib/search/complete';

export const dynamic = 'force-dynamic';

const LONGEST = 1_000;

/** What a search that is being typed may become: `{completions: [{kind, text, path}]}`. */
export async function GET(request: Request) {
  const typed = new URL(request.url).searchParams.get('q');
  if (typed === null || typed.length > LONGEST) {
    return problem(400, 'Bad parameter', `q: wanted up to ${LONGEST} characters`);
  }
  const found = await completions(getDb(), typed);
  return Response.json(
    { completions: found },
    { headers: { 'cache-control': 'public, max-age=60' } },
  );
}
