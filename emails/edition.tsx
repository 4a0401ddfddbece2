import { type MailBody, multipart } from '@/lib/mail/wire/multipart';
import { BriefCard, cardWords, Frame, FullCard, Section } from './digest';
import { briefCardText, frameText, fullCardText, sectionText } from './digest-text';
import { renderHtml } from './render';
import {
  encodeTemplate,
  escapeHtml,
  fill,
  filledSize,
  linkUrl,
  plain,
  type SlotValue,
  type SlotValues,
  slotValue,
} from './slots';
import type {
  DigestItem,
  EditionInput,
  PersonalDigest,
  RenderedBlock,
  RenderedCard,
  RenderedEdition,
} from './types';

/** Bytes of HTML before transfer encoding. Gmail cuts a mail at about 102 KB. */
export const MAX_HTML = 90_000;

/** Between the cards of one rendering; cannot stand in HTML that React wrote. */
const CUT = '\ue002';
/** Cards rendered at once; between two batches others get their turn. */
const BATCH = 40;

/** Renders and encodes what all readers of an edition have in common. About 2,000 papers a second. */
export async function renderEdition(input: EditionInput): Promise<RenderedEdition> {
  const cards: Record<string, RenderedCard> = {};
  for (let i = 0; i < input.papers.length; i += BATCH) {
    Object.assign(cards, await renderCards(input, i));
  }
  return {
    cadence: input.cadence,
    issue: input.issue,
    frame: block(await renderHtml(<Frame {...input} />), frameText(input)),
    section: block(fragment(await renderHtml(<Section />)), sectionText()),
    cards,
  };
}

async function renderCards({ papers, site }: EditionInput, from: number) {
  const batch = papers
    .slice(from, from + BATCH)
    .map((paper) => ({ id: paper.id, words: cardWords(paper, site.url) }));
  const html = await renderHtml(
    <>
      {batch.map((card) => [
        <FullCard key={`full ${card.id}`} card={card.words} />,
        CUT,
        <BriefCard key={`brief ${card.id}`} card={card.words} />,
        CUT,
      ])}
    </>,
  );
  const pieces = fragment(html).split(CUT);
  return Object.fromEntries(
    batch.map(({ id, words }, i) => [
      id,
      {
        full: block(pieces[2 * i]!, fullCardText(words)),
        brief: block(pieces[2 * i + 1]!, briefCardText(words)),
      },
    ]),
  );
}

/** The renderer puts a document type before everything. */
function fragment(html: string): string {
  return html.replace(/^<!DOCTYPE[^>]*>/, '');
}

function block(html: string, text: string): RenderedBlock {
  return { html: encodeTemplate(html), text: encodeTemplate(text) };
}

export interface ComposedDigest {
  body: MailBody;
  /** Of the HTML part before transfer encoding. */
  htmlBytes: number;
  /** The papers that are in it, in order: all that were asked for, unless there was no room. */
  paperIds: number[];
}

/**
 * One reader's digest. Cards keep their order; when the HTML would grow beyond `MAX_HTML`, the last
 * ones become brief, and what does not fit even so is left out.
 * @throws RangeError for a paper that the edition does not have, TypeError for a bad link
 */
export function composeDigest(edition: RenderedEdition, personal: PersonalDigest): ComposedDigest {
  const links = Object.entries(personal.links).map(([name, url]) => [`${name}Url`, linkUrl(url)]);
  const words = {
    subject: plain(personal.subject),
    preheader: plain(personal.preheader),
    intro: plain(personal.intro),
    email: plain(personal.email),
  };
  const frame = bothParts({ ...words, ...Object.fromEntries(links) });
  const itemBlock = itemBlocks(edition, frame);
  const sections = personal.sections.map(({ heading, items }) => ({
    values: bothParts({ heading: plain(heading) }),
    items: items.map(itemBlock),
  }));
  const htmlBytes = layOut(edition, filledSize(edition.frame.html, frame.html), sections);

  const paperIds: number[] = [];
  let text = '';
  let html = '';
  for (const { values, items } of sections) {
    let itemsText = '';
    let itemsHtml = '';
    for (const { item, card, form, values } of items) {
      if (form === 'none') continue;
      paperIds.push(item.paperId);
      itemsText += fill(card[form].text, values.text);
      itemsHtml += fill(card[form].html, values.html);
    }
    if (itemsHtml === '') continue;
    text += fill(edition.section.text, { ...values.text, items: encoded(itemsText) });
    html += fill(edition.section.html, { ...values.html, items: encoded(itemsHtml) });
  }
  return {
    body: multipart(
      fill(edition.frame.text, { ...frame.text, sections: encoded(text) }),
      `${fill(edition.frame.html, { ...frame.html, sections: encoded(html) })}\r\n`,
    ),
    htmlBytes,
    paperIds,
  };
}

/** What was put together from encoded pieces; its size is counted where they were. */
function encoded(pieces: string): SlotValue {
  return { encoded: pieces, size: 0 };
}

interface ItemBlock {
  item: DigestItem;
  card: RenderedCard;
  values: Values;
  form: 'full' | 'brief' | 'none';
}

interface SectionBlock {
  values: Values;
  items: ItemBlock[];
}

/** Gives each item the longest form there is room for, first come first served. Returns the size. */
function layOut(edition: RenderedEdition, frameSize: number, sections: SectionBlock[]): number {
  let size = frameSize;
  const grow = (entry: ItemBlock, form: 'full' | 'brief', instead: number) => {
    const grown = size - instead + filledSize(entry.card[form].html, entry.values.html);
    if (grown > MAX_HTML) return false;
    entry.form = form;
    size = grown;
    return true;
  };
  for (const { values, items } of sections) {
    const heading = filledSize(edition.section.html, values.html);
    size += heading;
    const tooMany = items.findIndex((entry) => !grow(entry, 'brief', 0));
    if (tooMany === 0 || items.length === 0) size -= heading;
  }
  for (const entry of sections.flatMap(({ items }) => items)) {
    if (entry.item.form === 'brief' || entry.form === 'none') continue;
    if (!grow(entry, 'full', filledSize(entry.card.brief.html, entry.values.html))) break;
  }
  return size;
}

/** Of items of one reader, who is the same in all of them. */
function itemBlocks(edition: RenderedEdition, { text, html }: Values) {
  return (item: DigestItem): ItemBlock => {
    const card = edition.cards[item.paperId];
    if (!card) throw new RangeError(`paper ${item.paperId} is not in the edition ${edition.issue}`);
    const why = bothParts({ why: plain(item.why) });
    const values = {
      text: { ...why.text, feedbackUrl: text.feedbackUrl! },
      html: { ...why.html, feedbackUrl: html.feedbackUrl! },
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
    const escaped = escapeHtml(value);
    result.text[name] = text;
    result.html[name] = escaped === value ? text : slotValue(escaped);
  }
  return result;
}
