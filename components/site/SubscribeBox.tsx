import { Timezone } from '@/components/site/Timezone';
import { Button } from '@/components/ui/Button';

/**
 * The way in to the digest, posted to `/subscribe/submit`. On the page of a tag (or of several) the digest
 * starts out with those tags.
 */
export function SubscribeBox({ tags = [] }: { tags?: readonly { slug: string; name: string }[] }) {
  return (
    <section
      aria-labelledby="subscribe-title"
      className="grid gap-x-8 gap-y-2 print:hidden sm:max-lg:grid-cols-[1fr_18rem]"
    >
      <h2 id="subscribe-title" className="text-lg text-pretty">
        Get trending papers in your email inbox
      </h2>
      <form
        action="/subscribe/submit"
        method="post"
        className="sm:max-lg:col-start-2 sm:max-lg:row-span-2"
      >
        {tags.map(({ slug }) => (
          <input key={slug} type="hidden" name="tags" value={slug} />
        ))}
        <Timezone />
        <label htmlFor="subscribe-email" className="sr-only">
          Email address
        </label>
        <div className="grid max-w-96 grid-cols-[1fr_7rem]">
          <input
            id="subscribe-email"
            name="email"
            type="email"
            required
            autoComplete="email"
            placeholder="you@example.org"
            className="min-h-9 w-full min-w-0 border border-edge bg-page px-2.5 text-base placeholder:text-muted"
          />
          <Button>Subscribe</Button>
        </div>
      </form>
      <p className="max-w-96 text-xs text-muted">
        {tags.length > 0
          ? `On ${tags.map((tag) => tag.name).join(' and ')}, once a week. `
          : 'Ten papers, once a week. '}
        You choose the days, the tags and the number. No tracking; leave with one click.
      </p>
    </section>
  );
}
