import { Timezone } from '@/components/site/Timezone';
import { Button } from '@/components/ui/Button';
import { searchWords, topicWords } from '@/lib/subscribers/choice-words';

/** What a digest from here starts with: one tag, or a search that is the list's exact filter. */
export interface SubscribeTo {
  tag: string | null;
  search: string | null;
}

/** The way in to the digest, posted to `/subscribe/submit`. */
export function SubscribeBox({ to = null }: { to?: SubscribeTo | null }) {
  return (
    <section className="mailbox" aria-labelledby="subscribe-title">
      <h2 id="subscribe-title">{to ? 'Get these by mail' : 'Ten papers every Monday'}</h2>
      <form action="/subscribe/submit" method="post">
        {to?.tag && <input type="hidden" name="tags" value={to.tag} />}
        {to?.search && <input type="hidden" name="searches" value={to.search} />}
        <Timezone />
        <label htmlFor="subscribe-email" className="sr-only">
          Email address
        </label>
        <input
          id="subscribe-email"
          name="email"
          type="email"
          required
          autoComplete="email"
          placeholder="you@example.org"
        />
        <Button>Subscribe</Button>
      </form>
      <p className="small">
        {to && beginning(to)} You choose the topics, the day and how many. No tracking. Unsubscribe
        with one click.
      </p>
    </section>
  );
}

/** A tag is what the digest is about; a filter, of which all must fit, becomes a section of it. */
function beginning({ tag, search }: SubscribeTo): string {
  if (tag) return `New papers on ${topicWords({ tags: [tag] })}, every Monday.`;
  return `What is trending every Monday, with a section of ${searchWords(search ?? '')}.`;
}

/** The page with all choices, starting with the same. */
export function subscribePath({ tag, search }: SubscribeTo): string {
  const params = new URLSearchParams();
  if (tag) params.set('tags', tag);
  if (search) params.set('search', search);
  return `/subscribe?${params}`;
}
