import { parseArxivId, parseDoi } from '@/lib/papers/identity';
import type { PaperRecord, SignalReading } from '@/lib/papers/paper';
import { webLink } from '@/lib/papers/web-link';
import { splitAuthors } from '@/lib/sources/formats/arxiv/author-line';
import { saysWithdrawn } from '@/lib/sources/formats/arxiv/withdrawn';
import { dateOf, uniqueWords } from '@/lib/sources/formats/input/values';
import { datedNotAfter, dateLine } from '@/lib/sources/formats/listing/listing-dates';
import { paperIn } from '@/lib/sources/formats/listing/listing-lines';
import {
  isSectionTitle,
  isSummary,
  LONGEST_TITLE,
  readsLikeNames,
} from '@/lib/sources/formats/listing/listing-words';

/** What stands behind the labels of one paper, each value as written. */
export type Fields = Partial<Record<Label, string>>;

const LABELS = {
  title: 'title|paper title|标题|题目',
  id: 'arxiv id|cite as|arxiv(?: identifier)?|paper id|identifier|id|paper',
  link: 'link|links|url|paper link|paper url|arxiv link|arxiv url|abs|pdf|html|链接',
  authors: 'authors?|author\\(s\\)|作者',
  abstract: 'abstract|summary|摘要',
  tldr: 'tl;?dr|ai summary|one[- ]sentence summary',
  categories:
    'categories|category|subjects?|primary category|primary subject|arxiv categories|类别',
  comments: 'comments?|备注',
  journal: 'journal[- ]ref(?:erence)?|journal|venue|published in',
  doi: 'doi',
  date: 'date|published|submitted|published on|published date|publication date|submission date|submitted on|publish date|发布日期|日期',
  code: 'code|github|code link|code url|repository|repo',
  upvotes: 'upvotes?|votes|likes',
  stars: 'stars|github stars',
  other:
    'updated|updated on|last updated|msc[- ]class(?:es)?|acm[- ]class(?:es)?|report[- ](?:no|number)|license|project|project page|score|relevance|novelty|rating|reason|keywords|tags|affiliations?|institutions?|organi[sz]ations?|citations|conference|related doi|submitter|from|cross lists?|cross-list|note|notes|why|model|dataset|topic|topics|rank',
} as const;
export type Label = keyof typeof LABELS;

const PATTERNS = Object.entries(LABELS).map(
  ([label, names]) => [label as Label, new RegExp(`^(?:${names})$`, 'i')] as const,
);

/** The label that a line begins with, and what it says. */
export function labelled(line: string): { label: Label; value: string } | null {
  const match = /^[^\p{L}\p{N}\\]{0,6}(\p{L}[\p{L};() -]{1,22}?)\s{0,3}[:：]\s*(.*)$/su.exec(
    line.length > 20_000 ? line.slice(0, 40) : line,
  );
  if (!match) return null;
  const name = match[1]!.trim();
  const found = PATTERNS.find(([, pattern]) => pattern.test(name));
  if (!found) return null;
  const value = line.length > 20_000 ? line.slice(line.search(/[:：]/) + 1).trim() : match[2]!;
  return { label: found[0], value };
}

/** The record that a paper's labels make, or null where they name no paper. */
export function recordOf(
  fields: Fields,
  addresses: readonly string[],
  { now, titlesAlone }: { now: Date; titlesAlone: boolean },
): PaperRecord | null {
  const title = (fields.title ?? '').trim();
  if (!isTitle(title)) return null;
  const identity = identityIn(fields, addresses);
  const doi = parseDoi(fields.doi ?? '') ?? parseDoi(fields.id ?? '') ?? undefined;
  const abstract = fields.abstract?.trim() ?? '';
  if (!identity && !doi && abstract === '' && !titlesAlone) return null;
  const comment = fields.comments;
  const upvotes = Number(/^\d+/.exec(fields.upvotes ?? '')?.[0] ?? Number.NaN);
  const stars = Number(/^\d+/.exec(fields.stars ?? '')?.[0] ?? Number.NaN);
  const signals = (
    [
      { kind: 'upvotes', value: upvotes, seenAt: now },
      { kind: 'github-stars', value: stars, seenAt: now },
    ] satisfies SignalReading[]
  ).filter(({ value }) => Number.isFinite(value));
  return {
    source: 'listing',
    title,
    ...(abstract !== '' && { abstract }),
    ...(abstract !== '' && isSummary(abstract) && { abstractKind: 'summary' as const }),
    authors: splitAuthors(
      (fields.authors ?? '').slice(0, LONGEST_NAMES).replace(/\bet al\.?\s*$/i, ''),
    ),
    arxivId: identity?.id,
    version: identity?.version,
    doi,
    categories: categoriesIn(fields.categories ?? ''),
    keywords: [],
    publishedAt: dateIn(fields.date, now),
    withdrawn: saysWithdrawn(comment, abstract) || undefined,
    comment,
    journalRef: fields.journal,
    codeUrl: webLink(/https?:\/\/\S+/.exec(fields.code ?? '')?.[0] ?? '') ?? undefined,
    tldr: fields.tldr,
    signals,
  };
}

/** Of the five thousand names that a paper may have. */
const LONGEST_NAMES = 200_000;

function isTitle(text: string): boolean {
  if (text.length > LONGEST_TITLE || !/\p{L}/u.test(text) || parseArxivId(text)) return false;
  return !readsLikeNames(text) && !isSectionTitle(text);
}

function identityIn({ id, link }: Fields, addresses: readonly string[]) {
  const words = `${id ?? ''} ${link ?? ''}`.slice(0, 2_000).split(/[\s,;|()[\]<>]+/);
  for (const word of words) {
    const identity = parseArxivId(word);
    if (identity) return identity;
  }
  const led = paperIn(addresses);
  return led === undefined ? null : { id: led, version: undefined };
}

/** `Machine Learning (cs.LG); …`, `cs.AI cs.ET`. The names of classes of other schemes are left out. */
function categoriesIn(text: string): string[] {
  const words = text.slice(0, 2_000).split(/[\s,;()[\]|]+/);
  return uniqueWords(
    words.filter((word) =>
      /^[a-z]{2,}(?:-[a-z]{2,})*\.[A-Za-z]{2}(?:[A-Za-z-]*)$|^(?:hep|nucl|math|quant|gr)-(?:th|ph|ex|lat|qc)$/.test(
        word,
      ),
    ),
  );
}

function dateIn(text: string | undefined, now: Date): Date | undefined {
  const plain = (text ?? '').replace(/\(.*$/s, '').trim();
  const line = dateLine(plain);
  return line ? datedNotAfter(line, now) : dateOf(plain);
}
