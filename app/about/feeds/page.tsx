import type { Metadata } from 'next';
import { SubscribeFoot } from '@/components/site/SubscribeFoot';
import { PageHead } from '@/components/ui/PageHead';
import { Table } from '@/components/ui/Table';

export const metadata: Metadata = {
  title: 'Feeds',
  description: 'Every list of papers and every search as Atom and JSON Feed.',
};

const EXAMPLES = [
  ['Trending', '/'],
  ['New', '/new'],
  ['Top of the week', '/top/week'],
  ['Continual learning', '/tags/continual-learning'],
  ['Rising topics', '/rising'],
] as const;

export default function Feeds() {
  return (
    <>
      <PageHead title="Feeds" />
      <div className="prose">
        <p>
          Every list on this site is also a feed: put <code>/feeds/atom</code> or{' '}
          <code>/feeds/json</code> before its address. Give a feed reader the page’s own address,
          and it finds both.
        </p>
        <Table columns={['List', 'Atom', 'JSON Feed']}>
          {EXAMPLES.map(([name, path]) => {
            const tail = path === '/' ? '' : path;
            return (
              <tr key={path}>
                <th scope="row">
                  <a href={path}>{name}</a>
                </th>
                <td>
                  <a href={`/feeds/atom${tail}`} aria-label={`${name} as Atom`}>
                    Atom
                  </a>
                </td>
                <td>
                  <a href={`/feeds/json${tail}`} aria-label={`${name} as JSON Feed`}>
                    JSON Feed
                  </a>
                </td>
              </tr>
            );
          })}
        </Table>
        <p>
          Tags can be combined: <code>/feeds/atom/tags/continual-learning+peft</code> has papers
          with both. A search is a feed too: <code>/feeds/atom/search?q=lora+after:2025-01</code>.
        </p>
        <p>
          All tags at once: <a href="/feeds/opml">/feeds/opml</a> is an OPML file for your feed
          reader; <code>/feeds/opml?tags=peft+sparsity</code> has only those tags.
        </p>
        <p>
          Feeds change a few times a day. They answer <code>If-None-Match</code> and{' '}
          <code>If-Modified-Since</code> with 304; please poll no more than once in fifteen minutes.
        </p>
      </div>
      <SubscribeFoot />
    </>
  );
}
