import { env } from '@/lib/runtime/env';
import { escapeMarkup as x } from '@/lib/runtime/escape-markup';

export const dynamic = 'force-dynamic';

/** How a browser searches this site from its address bar (OpenSearch 1.1). */
export function GET(): Response {
  const siteUrl = x(env().siteUrl);
  const body = `<?xml version="1.0" encoding="utf-8"?>
<OpenSearchDescription xmlns="http://a9.com/-/spec/opensearch/1.1/">
<ShortName>Broadsheet</ShortName>
<Description>Search research papers</Description>
<InputEncoding>UTF-8</InputEncoding>
<Image width="192" height="192" type="image/png">${siteUrl}/icon-192.png</Image>
<Url type="text/html" template="${siteUrl}/search?q={searchTerms}"/>
<Url type="application/atom+xml" template="${siteUrl}/feeds/atom/search?q={searchTerms}"/>
<Url rel="self" type="application/opensearchdescription+xml" template="${siteUrl}/opensearch.xml"/>
</OpenSearchDescription>
`;
  return new Response(body, {
    headers: {
      'content-type': 'application/opensearchdescription+xml; charset=utf-8',
      'cache-control': 'public, max-age=86400',
    },
  });
}
