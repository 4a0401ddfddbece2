import { env } from '@/lib/runtime/env';

export const dynamic = 'force-dynamic';

/** What a program that reads for somebody should know: llmstxt.org. */
export function GET(): Response {
  const { siteUrl } = env();
  const body = `# Broadsheet

> Trending research papers: ranked by what readers and sources report, sorted by tag, each place explained in numbers. Daily, weekly or monthly by email.

Paper pages have a Markdown form: add \`.md\` to the address. Lists have Atom and JSON feeds, and there is a JSON API. No key is needed; please send at most one request a second and honour ETags.

## Read

- [Trending](${siteUrl}/): the front page
- [New](${siteUrl}/new): by date
- [Tags](${siteUrl}/tags): the taxonomy, with definitions
- [How papers are ranked](${siteUrl}/about/ranking): signals, weights, formula

## Programs

- [OpenAPI description](${siteUrl}/api/v1/openapi.json): papers, tags, search, subscriptions; with a personal token library, interests, follows
- [MCP](${siteUrl}/mcp): Model Context Protocol, Streamable HTTP, without key: trending, search, paper, similar, tags; with a personal token: for you
- [API, readable](${siteUrl}/about/api)
- [Feeds](${siteUrl}/about/feeds): Atom and JSON Feed of every list and search
- [Sitemap](${siteUrl}/sitemap.xml)
`;
  return new Response(body, { headers: { 'content-type': 'text/markdown; charset=utf-8' } });
}
