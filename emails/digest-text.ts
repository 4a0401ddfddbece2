import { CADENCE_WORDS, type CardWords } from './digest';
import { plainText, wrap } from './prose';
import { slot } from './slots';
import type { EditionInput } from './types';

/** The digest's text part, sentence by sentence what the HTML part says. */

export function fullCardText(card: CardWords): string {
  const facts = [card.date, ...card.tags.map((tag) => tag.name)].filter(Boolean).join(' · ');
  return lines(
    '',
    wrap(card.title),
    card.authors && wrap(card.authors, '  '),
    facts && wrap(facts, '  '),
    '',
    wrap(card.abstract, '  '),
    '',
    `  ${slot('why')}`,
    `  Paper: ${card.url}`,
    card.codeUrl && `  Code: ${card.codeUrl}`,
    `  Less like this: ${card.lessUrl}`,
    `  Mute a tag: ${card.muteUrl}`,
    '',
  );
}

export function briefCardText(card: CardWords): string {
  return lines(
    '',
    wrap(card.title),
    card.authors && wrap(card.authors, '  '),
    `  ${slot('why')}`,
    `  Paper: ${card.url}`,
    '',
  );
}

export function sectionText(): string {
  return `\n== ${slot('heading')} ==\n${slot('items')}`;
}

export function frameText({ site, cadence, issue }: Omit<EditionInput, 'papers'>): string {
  return lines(
    'Broadsheet',
    '',
    plainText(issue),
    '',
    slot('intro'),
    '',
    `Read this issue on the web: ${slot('archiveUrl')}`,
    slot('sections'),
    '-- ',
    `${slot('email')} gets this ${CADENCE_WORDS[cadence]} because it was asked for and confirmed.`,
    `Change what you get: ${slot('preferencesUrl')}`,
    `Pause for two weeks: ${slot('pauseUrl')}`,
    `Unsubscribe: ${slot('unsubscribeUrl')}`,
    site.postalAddress && plainText(site.postalAddress),
  );
}

/** Leaves out what is not there; the empty string is an empty line. */
function lines(...all: (string | null)[]): string {
  return all.map((line) => (line === null ? '' : `${line}\n`)).join('');
}
