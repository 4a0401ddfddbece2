import { readParameters } from '@/lib/api/parameters';
import { risingQuery } from '@/lib/api/rising';
import { getDb } from '@/lib/db/client';
import { conditional } from '@/lib/http/conditional';
import { topicsInTag } from '@/lib/rising/in-tags';
import { readRising } from '@/lib/rising/store';

export const dynamic = 'force-dynamic';

export async function GET(request: Request) {
  const read = readParameters(risingQuery, new URL(request.url).searchParams);
  if ('refused' in read) return read.refused;
  const { window, tag, limit } = read.values;
  const kept = await readRising(getDb());
  const rising = window === undefined ? kept[0] : kept.find(({ span }) => span === window);
  const all = rising?.topics ?? [];
  const topics = (tag === undefined ? all : topicsInTag(all, tag))
    .slice(0, limit)
    .map(({ phrase, papers, before, growth, query, weeks }) => {
      return { phrase, papers, before, growth, query, weeks };
    });
  const asOf = rising?.asOf ?? kept[0]?.asOf ?? null;
  return conditional(request, {
    body: JSON.stringify({ topics, asOf }),
    type: 'application/json',
    changedAt: asOf ?? new Date(0),
    maxAge: 900,
  });
}
