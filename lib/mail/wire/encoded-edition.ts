import type { RenderedBlock, RenderedEdition } from '@/emails/types';
import { type EncodedTemplate, encodeTemplate } from './template';

/** The same content as HTML and as text, each in quoted-printable. */
interface EncodedBlock {
  html: EncodedTemplate;
  text: EncodedTemplate;
}

export interface EncodedCard {
  full: EncodedBlock;
  brief: EncodedBlock;
}

/** What all readers of an edition have in common, encoded once for all of them. */
export interface EncodedEdition {
  issue: string;
  frame: EncodedBlock;
  section: EncodedBlock;
  /** By paper id. */
  cards: Record<string, EncodedCard>;
}

export function encodeEdition({ issue, frame, section, cards }: RenderedEdition): EncodedEdition {
  return {
    issue,
    frame: encodeBlock(frame),
    section: encodeBlock(section),
    cards: Object.fromEntries(
      Object.entries(cards).map(([id, { full, brief }]) => [
        id,
        { full: encodeBlock(full), brief: encodeBlock(brief) },
      ]),
    ),
  };
}

function encodeBlock({ html, text }: RenderedBlock): EncodedBlock {
  return { html: encodeTemplate(html), text: encodeTemplate(text) };
}
