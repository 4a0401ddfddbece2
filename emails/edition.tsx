import { BriefCard, cardWords, Frame, FullCard, Section } from './digest';
import { briefCardText, frameText, fullCardText, sectionText } from './digest-text';
import { renderHtml } from './render';
import type { EditionInput, RenderedCard, RenderedEdition } from './types';

/** Between the cards of one rendering; cannot stand in HTML that React wrote. */
const CUT = '\ue002';
/** Cards rendered at once; between two batches the event loop runs. */
const BATCH = 40;

/** Renders what all readers of an edition have in common. About 2,000 papers a second. */
export async function renderEdition(input: EditionInput): Promise<RenderedEdition> {
  const cards: Record<string, RenderedCard> = {};
  for (let i = 0; i < input.papers.length; i += BATCH) {
    Object.assign(cards, await renderCards(input, i));
  }
  return {
    issue: input.issue,
    frame: { html: await renderHtml(<Frame {...input} />), text: frameText(input) },
    section: { html: fragment(await renderHtml(<Section />)), text: sectionText() },
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
        full: { html: pieces[2 * i]!, text: fullCardText(words) },
        brief: { html: pieces[2 * i + 1]!, text: briefCardText(words) },
      },
    ]),
  );
}

/** The renderer puts a document type before everything. */
function fragment(html: string): string {
  return html.replace(/^<!DOCTYPE[^>]*>/, '');
}
