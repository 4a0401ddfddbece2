import { arxivAbstractUrl, arxivPdfUrl, doiUrl, shorten, webUrl } from '@/lib/papers/display';
import type { Paper } from '@/lib/papers/paper';
import { paperPath } from '@/lib/papers/paper-address';
import { splitSentences } from '@/lib/papers/sentences';
import { oneSentence } from '@/lib/papers/summary';
import { wishUrl } from '@/lib/subscribers/reader-links';
import { namedTags, shortTagName } from '@/lib/tags/taxonomy';
import { paragraph, plainText } from './prose';
import { slot } from './slots';

/** What both parts of a digest show of a paper, cut to what a mail has room for. */
export interface CardWords {
  id: number;
  url: string;
  title: string;
  /** For the list of all papers: the title up to its colon. */
  name: string;
  authors: string;
  tags: { name: string; url: string }[];
  /** Away from the site: PDF, arXiv or DOI, code. */
  sources: { name: string; url: string }[];
  /** What the paper is about in a sentence, and the one that follows it in the abstract. */
  sentences: string;
  /** Of pages that ask before they change anything. */
  moreUrl: string;
  lessUrl: string;
  saveUrl: string;
}

const MOST = { title: 250, name: 38, authors: 90, tagLetters: 30, sentences: 210 };

export function cardWords(paper: Paper, siteUrl: string): CardWords {
  const title = plainText(paper.title);
  return {
    id: paper.id,
    url: siteUrl + paperPath(paper.id),
    title: (paper.withdrawnAt ? 'Withdrawn: ' : '') + shorten(title, MOST.title),
    name: shortName(title),
    authors: shorten(plainText(briefAuthors(paper.authors)), MOST.authors),
    tags: tagsThatFit(paper).map(({ slug, name }) => ({
      name,
      url: `${siteUrl}/tags/${slug}`,
    })),
    sources: sourcesOf(paper),
    sentences: twoSentences(paper),
    moreUrl: wishUrl(slot('feedbackUrl'), 'more', paper.id),
    lessUrl: wishUrl(slot('feedbackUrl'), 'less', paper.id),
    saveUrl: wishUrl(slot('feedbackUrl'), 'save', paper.id),
  };
}

/** The sentence that says most and the one after it, where there is room for all of it. */
function twoSentences(paper: Paper): string {
  const telling = oneSentence(paper);
  if (!telling) return paragraph(plainText(paper.abstract), MOST.sentences);
  const sentences = splitSentences(paper.abstract);
  const first = plainText(telling.sentence);
  // The telling one may lack its beginning or its end. A TLDR stands in no abstract.
  const at = sentences.findIndex((each) => plainText(each).includes(first.slice(1, 60)));
  const second = at < 0 && telling.from !== 'tldr' ? '' : plainText(sentences[at + 1] ?? '');
  return paragraph(`${first} ${second}`.trim(), MOST.sentences);
}

/** The strongest tags that stand on one line of a phone beside the signal. */
function tagsThatFit(paper: Paper) {
  const [first, second] = namedTags(paper.tags).map(({ slug }) => ({
    slug,
    name: shortTagName(slug),
  }));
  if (!first) return [];
  const fits = second && first.name.length + second.name.length <= MOST.tagLetters;
  return fits ? [first, second] : [first];
}

/** A title up to its colon where two words or a name stand before it, cut at a word. */
function shortName(title: string): string {
  const before = /^[^:]{4,}?(?=:\s)/u.exec(title)?.[0];
  const name = before && before.length >= 20 ? before : title;
  return shorten(name, MOST.name);
}

/** `Jiawei Zhao … Yuandong Tian (6)`; two or fewer are all named. */
function briefAuthors(authors: readonly string[]): string {
  if (authors.length <= 2) return authors.join(', ');
  return `${authors[0]} … ${authors.at(-1)} (${authors.length})`;
}

function sourcesOf({ arxivId, doi, codeUrl }: Paper): CardWords['sources'] {
  const code = mailUrl(codeUrl);
  return [
    ...(arxivId
      ? [
          { name: 'PDF', url: arxivPdfUrl(arxivId) },
          { name: 'arXiv', url: arxivAbstractUrl(arxivId) },
        ]
      : []),
    ...(doi && !arxivId && mailUrl(doiUrl(doi)) ? [{ name: 'DOI', url: doiUrl(doi) }] : []),
    ...(code ? [{ name: 'Code', url: code }] : []),
  ];
}

/** A source's link, if it is a plain one of sensible length. */
function mailUrl(value: string | null): string | null {
  const url = webUrl(value);
  return url && url.length <= 200 ? url : null;
}
