import { problem } from '@/lib/http/problem';
import { env } from '@/lib/runtime/env';
import { syndicationPath } from '@/lib/syndication/formats';
import { opml } from '@/lib/syndication/opml';
import { TAGS, tagBySlug } from '@/lib/tags/taxonomy';

/** The feeds of all tags, or of those named in `?tags=peft+sparsity`, for a feed reader. */
export function GET(request: Request): Response {
  const wanted = new URL(request.url).searchParams.get('tags');
  const slugs = wanted?.split(/[\s,+]+/).filter(Boolean) ?? TAGS.map((tag) => tag.slug);
  const tags = slugs.map((slug) => tagBySlug(slug));
  const unknown = slugs.filter((_, index) => !tags[index]);
  if (unknown.length > 0) {
    return problem(400, 'No such tag', `There is no tag ${unknown.join(', ')}. See /tags.`);
  }
  const { siteUrl } = env();
  const feeds = tags.flatMap((tag) => {
    if (!tag) return [];
    const path = `/tags/${tag.slug}`;
    return [
      {
        title: tag.name,
        feedUrl: `${siteUrl}${syndicationPath('atom', path)}`,
        pageUrl: `${siteUrl}${path}`,
      },
    ];
  });
  return new Response(opml('Broadsheet', feeds), {
    headers: {
      'content-type': 'text/x-opml; charset=utf-8',
      'content-disposition': 'attachment; filename="broadsheet.opml"',
    },
  });
}
