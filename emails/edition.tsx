import { type CardWords, cardWords } from './card-words';
import {
  BriefCard,
  Contents,
  Frame,
  FullCard,
  Line,
  ReasonedCard,
  Rising,
  Section,
  ShortCard,
  Topic,
} from './digest';
import {
  briefCardText,
  contentsText,
  frameText,
  fullCardText,
  lineText,
  reasonedCardText,
  risingText,
  sectionText,
  shortCardText,
  topicText,
} from './digest-text';
import { renderHtml } from './render';
import type { EditionInput, RenderedCard, RenderedEdition } from './types';

/** Between the cards of one rendering; cannot stand in HTML that React wrote. */
const CUT = '\ue002';
/** Cards rendered at once; between two batches the event loop runs. */
const BATCH = 40;

/** Renders what all readers of an edition have in common. About 1,000 papers a second. */
export async function renderEdition(input: EditionInput): Promise<RenderedEdition> {
  const cards: Record<string, RenderedCard> = {};
  for (let i = 0; i < input.papers.length; i += BATCH) {
    Object.assign(cards, await renderCards(input, i));
  }
  return {
    issue: input.issue,
    frame: { html: await renderHtml(<Frame {...input} />), text: frameText(input) },
    contents: { html: fragment(await renderHtml(<Contents />)), text: contentsText() },
    section: { html: fragment(await renderHtml(<Section />)), text: sectionText() },
    rising: { html: fragment(await renderHtml(<Rising {...input} />)), text: risingText(input) },
    topic: { html: fragment(await renderHtml(<Topic {...input} />)), text: topicText(input) },
    cards,
  };
}

function Cards({ cards }: { cards: readonly CardWords[] }) {
  return cards.map((card) => [
    <FullCard key={`full ${card.id}`} card={card} />,
    CUT,
    <ShortCard key={`short ${card.id}`} card={card} />,
    CUT,
    <ReasonedCard key={`reasoned ${card.id}`} card={card} />,
    CUT,
    <BriefCard key={`brief ${card.id}`} card={card} />,
    CUT,
    <Line key={`line ${card.id}`} card={card} />,
    CUT,
  ]);
}

async function renderCards({ papers, site }: EditionInput, from: number) {
  const batch = papers.slice(from, from + BATCH).map((paper) => cardWords(paper, site.url));
  const html = await renderHtml(<Cards cards={batch} />);
  const pieces = fragment(html).split(CUT);
  return Object.fromEntries(
    batch.map((card, i) => {
      const [full, short, reasoned, brief, line] = pieces.slice(5 * i, 5 * i + 5);
      return [
        card.id,
        {
          full: { html: full!, text: fullCardText(card) },
          short: { html: short!, text: shortCardText(card) },
          reasoned: { html: reasoned!, text: reasonedCardText(card) },
          brief: { html: brief!, text: briefCardText(card) },
          line: { html: line!, text: lineText(card) },
        },
      ];
    }),
  );
}

/** The renderer puts a document type before everything. */
function fragment(html: string): string {
  return html.replace(/^<!DOCTYPE[^>]*>/, '');
}
