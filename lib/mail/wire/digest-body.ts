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
  /** One or two sentences above the first paper. */
  intro: string;
  sections: DigestSection[];
  /** Absolute URLs. None of them changes anything by GET. */
  links: {
    /** This issue on the web. */
    archive: string;
    preferences: string;
    pause: string;
    unsubscribe: string;
    /** To it the cards add what about which paper (`lessUrl`, `muteUrl`). */
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
  /** `brief` for revisions and withdrawals; a digest that grows too long shortens its last ones. */
  form: 'full' | 'brief';
  /** One line: why this paper is here, or what happened to it. */
  why: string;
}

interface ComposedDigest {
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
export function composeDigest(edition: EncodedEdition, personal: PersonalDigest): ComposedDigest {
  const links = Object.entries(personal.links).map(([name, url]) => [`${name}Url`, slotUrl(url)]);
  const words = {
    subject: slotText(personal.subject),
    preheader: slotText(personal.preheader),
    intro: slotText(personal.intro),
    email: slotText(personal.email),
  };
  const frame = bothParts({ ...words, ...Object.fromEntries(links) });
  const itemBlock = itemBlocks(edition, frame);
  const sections = personal.sections.map(({ heading, items }) => ({
    values: bothParts({ heading: slotText(heading) }),
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
    text += fill(edition.section.text, { ...values.text, items: encodedValue(itemsText) });
    html += fill(edition.section.html, { ...values.html, items: encodedValue(itemsHtml) });
  }
  return {
    body: multipart(
      fill(edition.frame.text, { ...frame.text, sections: encodedValue(text) }),
      `${fill(edition.frame.html, { ...frame.html, sections: encodedValue(html) })}\r\n`,
    ),
    htmlBytes,
    paperIds,
  };
}

interface ItemBlock {
  item: DigestItem;
  card: EncodedCard;
  values: Values;
  form: 'full' | 'brief' | 'none';
}

interface SectionBlock {
  values: Values;
  items: ItemBlock[];
}

/** Gives each item the longest form there is room for, first come first served. Returns the size. */
function layOut(edition: EncodedEdition, frameSize: number, sections: SectionBlock[]): number {
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
function itemBlocks(edition: EncodedEdition, { text, html }: Values) {
  return (item: DigestItem): ItemBlock => {
    const card = edition.cards[item.paperId];
    if (!card) throw new RangeError(`paper ${item.paperId} is not in the edition ${edition.issue}`);
    const why = bothParts({ why: slotText(item.why) });
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
    const escaped = escapeMarkup(value);
    result.text[name] = text;
    result.html[name] = escaped === value ? text : slotValue(escaped);
  }
  return result;
}
