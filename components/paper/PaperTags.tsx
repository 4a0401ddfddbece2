import type { TagName } from '@/lib/papers/paper';

/** The tags of a paper, each a link to its list. */
export function PaperTags({ tags }: { tags: readonly TagName[] }) {
  if (tags.length === 0) return null;
  return (
    <section aria-labelledby="tags">
      <h2 id="tags" className="text-lg">
        Tags
      </h2>
      <ul className="mt-1 flex flex-wrap gap-x-5 text-base">
        {tags.map(({ slug, name }) => (
          <li key={slug}>
            <a className="link target" href={`/tags/${slug}`}>
              {name}
            </a>
          </li>
        ))}
      </ul>
    </section>
  );
}
