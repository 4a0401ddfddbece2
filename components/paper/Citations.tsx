import { CopyButton } from '@/components/ui/CopyButton';
import type { Cited } from '@/lib/citations/cited';
import { CITATION_FORMATS } from '@/lib/citations/formats';
import { plainCitation } from '@/lib/citations/plain';

/** The citation to read, and each format to copy or to download. */
export function Citations({ paper, path }: { paper: Cited; path: string }) {
  return (
    <section aria-labelledby="cite" className="print:hidden">
      <h2 id="cite" className="text-lg">
        Cite
      </h2>
      <p className="mt-1 max-w-measure text-muted">{plainCitation(paper)}</p>
      <ul className="mt-1 flex flex-wrap gap-x-6">
        {CITATION_FORMATS.map(({ extension, name }) => (
          <li key={extension} className="flex gap-x-2">
            <a className="link target" href={`${path}.${extension}`}>
              {name}
            </a>
            <CopyButton href={`${path}.${extension}`} label={`as ${name}`} />
          </li>
        ))}
      </ul>
    </section>
  );
}
