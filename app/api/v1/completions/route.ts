import { completionsQuery } from '@/lib/api/completions';
import { readParameters } from '@/lib/api/parameters';
import { getDb } from '@/lib/db/client';
import { completions } from '@/lib/search/complete';

export const dynamic = 'force-dynamic';

/** What a search that is being typed may become. */
export async function GET(request: Request) {
  const read = readParameters(completionsQuery, new URL(request.url).searchParams);
  if ('refused' in read) return read.refused;
  const found = await completions(getDb(), read.values.q);
  return Response.json(
    { completions: found },
    { headers: { 'cache-control': 'public, max-age=60' } },
  );
}
