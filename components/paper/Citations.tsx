import { CopyButton } from '@/components/ui/CopyButton';
import type { Cited } from '@/lib/citations/cited';
import { CITATION_FORMATS } from '@/lib/citations/formats';
import { plainCitation } from '@/lib/citations/plain';

/** Longer ones, of hundreds of authors, are for programs: a link does for them. */
const LONGEST_SHOWN = 3_000;

/** The citation as text, to be selected with one click, and each format to copy or to download. */
export function Citations({ paper, path }: { paper: Cited; path: string }) {
  return (
    <details className="cite">
      <summary className="btn">Cite</summary>
      <div id="cite">
        <p className="select-all">{plainCitation(paper)}</p>
        <ul>
          {CITATION_FORMATS.map(({ extension, name }) => (
            <li key={extension}>
              <a className="link target" href={`${path}.${extension}`}>
                {name}
              </a>{' '}
              <CopyButton href={`${path}.${extension}`} label={`as ${name}`} />
            </li>
          ))}
        </ul>
        <Shown text={CITATION_FORMATS[0]!.write(paper)} />
      </div>
    </details>
  );
}

function Shown({ text }: { text: string }) {
  if (text.length > LONGEST_SHOWN) return null;
  return <pre className="select-all">{text.trim()}</pre>;
}
