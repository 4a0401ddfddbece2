import { slotText, slotUrl } from '@/emails/slots';
import { escapeMarkup } from '@/lib/runtime/escape-markup';
import type { EncodedCard, EncodedEdition } from './encoded-edition';
import { type MailBody, multipart } from './multipart';
import { encodedValue, fill, filledSize, type SlotValues, slotValue } from './template';

/** Bytes of HTML before transfer encoding. Gmail cuts a mail at about 102 KB. */
export const MAX_HTML = 90_000;

/** One reader's issue: which papers in which sections, why, and where the links lead. */
export interface PersonalDigest {
  subject: string;
  /** The line that mail programs show after the subject. */
  preheader: string;
  /** Above everything: the time that the issue covers. */
  heading: string;
  /** Below it: how many papers of how many, and about what. */
  summary: string;
  /** One sentence at the end: why these papers came. */
  because: string;
  sections: DigestSection[];
  /** Topics that began to rise, with their figures in words and the search for them. */
  rising: { phrase: string; figures: string; query: string }[];
  /** Absolute URLs. None of them changes anything by GET. */
  links: {
    /** This issue on the web. */
    archive: string;
    preferences: string;
    pause: string;
    unsubscribe: string;
    /** To it the cards add what about which paper (`wishUrl`). */
    feedback: string;
  };
  /** The address it is sent to, named in the footer. */
  email: string;
}

interface DigestSection {
  /** For example `Trending`, a saved search's name, or `Revised and withdrawn`. */
  heading: string;
  items: DigestItem[];
}

export interface DigestItem {
  paperId: number;
  /** `reasoned` is `short` with the reason; `brief` is for revisions and withdrawals, which stand in no list of papers. */
  form: 'full' | 'short' | 'reasoned' | 'brief';
  /** Such as `▲ 182`; '' where nothing is known. */
  signal: string;
  /** One line that two of the forms show: why this paper is here, or what happened to it. */
  why: string;
}

interface ComposedDigest {
  body: MailBody;
  /** Of the HTML part before transfer encoding. */
  htmlBytes: number;
  /** The papers that are in it, in order: all that were asked for, unless there was no room. */
  paperIds: number[];
}

/** So few papers are seen without a list of them. */
const FEWEST_LISTED = 4;

/**
 * One reader's digest. Cards keep their order; when the HTML would grow beyond `MAX_HTML`, the last
 * ones become brief, and what does not fit even so is left out.
 * @throws RangeError for a paper that the edition does not have, TypeError for a bad link
 */
export function composeDigest(edition: EncodedEdition, personal: PersonalDigest): ComposedDigest {
  const links = Object.entries(personal.links).map(([name, url]) => [`${name}Url`, slotUrl(url)]);
  const frame = bothParts({
    subject: slotText(personal.subject),
    preheader: slotText(personal.preheader),
    issueHeading: slotText(personal.heading),
    summary: slotText(personal.summary),
    because: slotText(personal.because),
    email: slotText(personal.email),
    ...Object.fromEntries(links),
  });
  const itemBlock = itemBlocks(edition, frame);
  const sections = personal.sections.map(({ heading, items }) => ({
    values: bothParts({ heading: slotText(heading) }),
    items: items.map(itemBlock),
  }));
  const listed = sections.flatMap(({ items }) => items.filter(({ item }) => isListed(item)));
  const hasContents = listed.length >= FEWEST_LISTED;
  const topics = personal.rising.map(({ phrase, figures, query }) =>
    bothParts({
      phrase: slotText(phrase),
      figures: slotText(figures),
      search: encodeURIComponent(slotText(`${query} sort:new`)),
    }),
  );
  const withoutPapers = filledSize(edition.frame.html, frame.html) + risingSize(edition, topics);
  const htmlBytes = layOut(edition, withoutPapers, sections, { hasContents });

  const paperIds: number[] = [];
  const body = { text: '', html: '' };
  for (const { values, items } of sections) {
    const shown = items.filter(({ form }) => form !== 'none');
    if (shown.length === 0) continue;
    paperIds.push(...shown.map(({ item }) => item.paperId));
    for (const part of PARTS) {
      const cards = shown.map(({ card, form, values }) =>
        fill(card[form as DigestItem['form']][part], values[part]),
      );
      body[part] += fill(edition.section[part], {
        ...values[part],
        items: encodedValue(cards.join('')),
      });
    }
  }
  const contents = (part: Part) => {
    if (!hasContents) return encodedValue('');
    const lines = listed
      .filter(({ form }) => form !== 'none')
      .map(({ card, values }) => fill(card.line[part], values[part]));
    return encodedValue(fill(edition.contents[part], { lines: encodedValue(lines.join('')) }));
  };
  const rising = (part: Part) => {
    if (topics.length === 0) return encodedValue('');
    const items = topics.map((values) => fill(edition.topic[part], values[part]));
    return encodedValue(fill(edition.rising[part], { topics: encodedValue(items.join('')) }));
  };
  const whole = (part: Part) =>
    fill(edition.frame[part], {
      ...frame[part],
      contents: contents(part),
      sections: encodedValue(body[part]),
      rising: rising(part),
    });
  return { body: multipart(whole('text'), `${whole('html')}\r\n`), htmlBytes, paperIds };
}

type Part = 'text' | 'html';
const PARTS: readonly Part[] = ['text', 'html'];

function risingSize({ rising, topic }: EncodedEdition, topics: readonly Values[]): number {
  if (topics.length === 0) return 0;
  return topics.reduce(
    (sum, { html }) => sum + filledSize(topic.html, html),
    filledSize(rising.html, {}),
  );
}

const isListed = (item: DigestItem) => item.form !== 'brief';

interface ItemBlock {
  item: DigestItem;
  card: EncodedCard;
  values: Values;
  form: DigestItem['form'] | 'none';
}

interface SectionBlock {
  values: Values;
  items: ItemBlock[];
}

/** Gives each item the longest form there is room for, first come first served. Returns the size. */
function layOut(
  edition: EncodedEdition,
  frameSize: number,
  sections: SectionBlock[],
  { hasContents }: { hasContents: boolean },
): number {
  let size = frameSize + (hasContents ? filledSize(edition.contents.html, {}) : 0);
  const sizeOf = ({ card, values }: ItemBlock, form: keyof EncodedCard) =>
    filledSize(card[form].html, values.html);
  const grow = (entry: ItemBlock, form: DigestItem['form'], by: number) => {
    if (size + by > MAX_HTML) return false;
    entry.form = form;
    size += by;
    return true;
  };
  for (const { values, items } of sections) {
    const heading = filledSize(edition.section.html, values.html);
    size += heading;
    const tooMany = items.findIndex((entry) => {
      const line = hasContents && isListed(entry.item) ? sizeOf(entry, 'line') : 0;
      return !grow(entry, 'brief', sizeOf(entry, 'brief') + line);
    });
    if (tooMany === 0 || items.length === 0) size -= heading;
  }
  for (const entry of sections.flatMap(({ items }) => items)) {
    const { form } = entry.item;
    if (form === 'brief' || entry.form === 'none') continue;
    if (!grow(entry, form, sizeOf(entry, form) - sizeOf(entry, 'brief'))) break;
  }
  return size;
}

/** Of items of one reader, who is the same in all of them. */
function itemBlocks(edition: EncodedEdition, { text, html }: Values) {
  return (item: DigestItem): ItemBlock => {
    const card = edition.cards[item.paperId];
    if (!card) throw new RangeError(`paper ${item.paperId} is not in the edition ${edition.issue}`);
    const own = bothParts({ why: slotText(item.why), signal: slotText(item.signal) });
    const { feedbackUrl, archiveUrl } = html;
    const values = {
      text: { ...own.text, feedbackUrl: text.feedbackUrl! },
      html: { ...own.html, feedbackUrl: feedbackUrl!, archiveUrl: archiveUrl! },
    };
    return { item, card, values, form: 'none' };
  };
}

interface Values {
  text: SlotValues;
  html: SlotValues;
}

/** The values encoded for the text part as they are, for the HTML part escaped. */
function bothParts(values: Record<string, string>): Values {
  const result: Values = { text: {}, html: {} };
  for (const [name, value] of Object.entries(values)) {
    const text = slotValue(value);
    const escaped = escapeMarkup(value);
    result.text[name] = text;
    result.html[name] = escaped === value ? text : slotValue(escaped);
  }
  return result;
}
