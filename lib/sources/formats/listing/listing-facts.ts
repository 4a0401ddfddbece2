import { DATE_SOURCE, dateLine, type PageDate } from '@/lib/sources/formats/listing/listing-dates';

/** What a page says about a paper in a word or a number beside its title and abstract. */
export type Fact =
  /** `owned`: "Published on" or "·" stands before it, so that it is of a paper. */
  | { kind: 'date'; date: PageDate; owned: boolean }
  /** A number without a word; null for the "-" of a paper without votes. */
  | { kind: 'number'; value: number | null }
  /** Without a value the number that follows is it. */
  | { kind: 'upvotes' | 'comments' | 'github-stars'; value?: number }
  /** A separator at the end: what comes next is of the same paper. */
  | { kind: 'separator' }
  /** Counts and links that say nothing of the interest in a paper. */
  | { kind: 'other' };

const LONGEST_FACTS = 160;
const NUMBER = '(\\d{1,3}(?:,\\d{3})+|\\d+(?:\\.\\d+)?)(?![.,]?\\d)\\s?([km])?(?![\\p{L}\\p{N}])';
const END = '(?![\\p{L}\\p{N}])';
const VALUE = `(?:[ \\t]*[:(]?[ \\t]*${NUMBER}\\)?)?`;

const word = (source: string) => new RegExp(source, 'iuy');
const NUMBER_ALONE = word(NUMBER);
const DATE = word(`(?:${DATE_SOURCE})${END}`);
const DATED = word(
  '(?:first |originally )?(?:published|submitted|posted|listed|updated|released|added|date)(?: (?:on|at))?:?(?=\\s)',
);
const COUNTED = word(
  '(\\d{1,3}(?:,\\d{3})+|\\d+(?:\\.\\d+)?)\\s?([km])?\\s*(?:(upvotes?|likes?|votes?|points?|▲|△|👍|🔥|❤️?)|(comments?|repl(?:y|ies)|💬)|(stars?|github stars?|⭐️?|★|☆)|authors?|views?|citations?|models?|datasets?|spaces?|forks?|collections?|results?|papers?|min(?:ute)? read|(?:min(?:ute)?|h(?:ou)?r|day|week|month|year)s?\\.? ago)(?![\\p{L}\\p{N}])',
);
const LABELLED = word(
  `(?:(upvotes?|likes?|votes?|▲|△|👍|🔥|❤️?)|(comments?|discussions?|discuss|💬)|(github(?: (?:stars?|repo(?:sitory)?|page|code))?|stars?|⭐️?|★|☆))(?![\\p{L}])${VALUE}`,
);
const LINK = word(
  `(?:(?:view|read|open|download|see|get|go to) )?(?:the )?(?:arxiv(?:lens)?|alphaxiv|project|paper|hugging ?face|hf|models?|code|pdf|html|demo|website|blog|video|datasets?|spaces?|collections?|abstract|abs|full text|bibtex|cite|share|save|bookmark|read more|show more|see more)(?: (?:page|card|link|pdf|paper|on arxiv|explained))?s?${END}`,
);
const RANK = word(
  `#\\d+ paper of the (?:day|week|month)|[a-z]{2,}(?:-[a-z]{2,})*\\.[A-Z]{2}${END}|\\d{1,2}:\\d{2}(?: ?[ap]m)?${END}|\\+\\d+`,
);
const SEPARATOR = /[·•|/,;]+|[–—-](?=\s)/uy;

/** The facts that a line consists of, or null where it says anything else. */
export function factsOf(line: string): Fact[] | null {
  const text = line.replace(/^[-*–—]\s+/, '').trim();
  if (text.length > LONGEST_FACTS || text === '') return null;
  if (/^[-–—]$/.test(text)) return [{ kind: 'number', value: null }];
  const facts: Fact[] = [];
  let owned = false;
  let at = 0;
  const next = (pattern: RegExp) => {
    pattern.lastIndex = at;
    const match = pattern.exec(text);
    if (match) at = pattern.lastIndex;
    return match;
  };
  while (at < text.length) {
    if (/\s/.test(text[at]!)) {
      at++;
      continue;
    }
    if (next(SEPARATOR) || next(DATED)) {
      owned = true;
      continue;
    }
    const dated = next(DATE);
    const date = dated && dateLine(dated[0]);
    if (date) facts.push({ kind: 'date', date, owned });
    else {
      const fact = dated ? null : (counted(next(COUNTED)) ?? undated(next));
      if (fact === null) return null;
      facts.push(fact);
    }
    owned = false;
  }
  if (owned) facts.push({ kind: 'separator' });
  return facts;
}

function undated(next: (pattern: RegExp) => RegExpExecArray | null): Fact | null {
  const labelled = next(LABELLED);
  if (labelled) {
    const value = labelled[4] === undefined ? {} : { value: amount(labelled[4], labelled[5]) };
    if (labelled[1]) return { kind: 'upvotes', ...value };
    return { kind: labelled[2] ? 'comments' : 'github-stars', ...value };
  }
  if (next(LINK) || next(RANK)) return { kind: 'other' };
  const number = next(NUMBER_ALONE);
  return number && { kind: 'number', value: amount(number[1]!, number[2]) };
}

function counted(match: RegExpExecArray | null): Fact | null {
  if (!match) return null;
  const value = amount(match[1]!, match[2]);
  if (match[3]) return { kind: 'upvotes', value };
  if (match[4]) return { kind: 'comments', value };
  return match[5] ? { kind: 'github-stars', value } : { kind: 'other' };
}

/** `1.2k` is 1200. */
function amount(digits: string, unit: string | undefined): number {
  const factor = { k: 1_000, m: 1_000_000 }[unit?.toLowerCase() ?? ''] ?? 1;
  return Math.round(Number(digits.replaceAll(',', '')) * factor);
}
