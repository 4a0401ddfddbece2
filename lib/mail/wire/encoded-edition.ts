import type { RenderedBlock, RenderedCard, RenderedEdition } from '@/emails/types';
import { type EncodedTemplate, encodeTemplate } from './template';

/** The same content as HTML and as text, each in quoted-printable. */
interface EncodedBlock {
  html: EncodedTemplate;
  text: EncodedTemplate;
}

export type EncodedCard = Record<keyof RenderedCard, EncodedBlock>;

/** What all readers of an edition have in common, encoded once for all of them. */
export interface EncodedEdition {
  issue: string;
  frame: EncodedBlock;
  /** The list of all papers. */
  contents: EncodedBlock;
  section: EncodedBlock;
  /** Rising topics, and one of them. */
  rising: EncodedBlock;
  topic: EncodedBlock;
  /** By paper id. */
  cards: Record<string, EncodedCard>;
}

export function encodeEdition(rendered: RenderedEdition): EncodedEdition {
  const { issue, frame, contents, section, rising, topic, cards } = rendered;
  return {
    issue,
    frame: encodeBlock(frame),
    contents: encodeBlock(contents),
    section: encodeBlock(section),
    rising: encodeBlock(rising),
    topic: encodeBlock(topic),
    cards: Object.fromEntries(
      Object.entries(cards).map(([id, { full, short, reasoned, brief, line }]) => [
        id,
        {
          full: encodeBlock(full),
          short: encodeBlock(short),
          reasoned: encodeBlock(reasoned),
          brief: encodeBlock(brief),
          line: encodeBlock(line),
        },
      ]),
    ),
  };
}

function encodeBlock({ html, text }: RenderedBlock): EncodedBlock {
  return { html: encodeTemplate(html), text: encodeTemplate(text) };
}
