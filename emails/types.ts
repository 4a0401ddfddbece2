import type { Paper } from '@/lib/papers/paper';

/**
 * What goes into the mails and what comes out. A digest is rendered in two steps: `renderEdition`
 * once an edition (templates, escaping, transfer encoding), then `composeDigest` once a reader,
 * which only splices escaped personal words and links into the encoded pieces.
 */

/** A short mail (confirmation, change of address, goodbye): both parts and the subject, unencoded. */
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

/**
 * An edition, rendered and transfer-encoded. Plain JSON, so that it can be stored with the edition;
 * all strings are ASCII.
 */
export interface RenderedEdition {
  cadence: EditionInput['cadence'];
  issue: string;
  frame: RenderedBlock;
  section: RenderedBlock;
  /** By paper id. */
  cards: Record<string, RenderedCard>;
}

/** One paper: `full` with abstract and feedback links, `brief` with title, authors and reason only. */
export interface RenderedCard {
  full: RenderedBlock;
  brief: RenderedBlock;
}

/** The same content as HTML and as text, each in quoted-printable. */
export interface RenderedBlock {
  html: EncodedTemplate;
  text: EncodedTemplate;
}

/** Encoded pieces with a named slot between each two: `pieces.length === slots.length + 1`. */
export interface EncodedTemplate {
  pieces: string[];
  slots: string[];
  /** Bytes of all pieces before transfer encoding. */
  size: number;
}

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

export interface DigestSection {
  /** For example `Trending`, a saved search's name, or `Revised and withdrawn`. */
  heading: string;
  items: DigestItem[];
}

export interface DigestItem {
  paperId: number;
  /** `brief` for revisions and withdrawals; a digest that would grow too long shortens its last ones itself. */
  form: 'full' | 'brief';
  /** One line: why this paper is here, or what happened to it. */
  why: string;
}
