import type { Paper } from '@/lib/papers/paper';

/** What goes into the mails and what comes out: subject, HTML and text, no transfer encoding. */

/** A short mail (confirmation, change of address, goodbye): the subject and both parts. */
export interface MailContent {
  subject: string;
  html: string;
  text: string;
}

/** What is the same in every mail of the site. */
export interface MailSite {
  /** Without trailing slash. */
  url: string;
  /** Shown in the footer of digests; required by law in some countries. */
  postalAddress: string | null;
}

/** What all readers of an edition have in common. */
export interface EditionInput {
  site: MailSite;
  cadence: 'daily' | 'weekly' | 'monthly';
  /** How the issue is called, for example `Week 47, 2026` or `Monday, 23 November 2026`. */
  issue: string;
  /** Every paper that any reader of this edition may get, in any order. */
  papers: Paper[];
}

/** An edition as templates: what is a reader's own stands in slots. */
export interface RenderedEdition {
  issue: string;
  frame: RenderedBlock;
  contents: RenderedBlock;
  section: RenderedBlock;
  /** Rising topics, and one of them. */
  rising: RenderedBlock;
  topic: RenderedBlock;
  /** By paper id. */
  cards: Record<string, RenderedCard>;
}

/**
 * One paper: `full` with two sentences, `short` with title and links, `reasoned` with the reason between, `brief`
 * with title and reason only, and its line in the list of all papers.
 */
export type RenderedCard = Record<'full' | 'short' | 'reasoned' | 'brief' | 'line', RenderedBlock>;

/** The same content as HTML and as text, with slots. */
export interface RenderedBlock {
  html: string;
  text: string;
}
