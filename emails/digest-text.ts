import type { CardWords } from './card-words';
import { FOOT_LINKS } from './digest';
import { plainText, wrap } from './prose';
import { slot } from './slots';
import type { EditionInput } from './types';

/** The digest's text part: what the HTML part says, for a terminal of 72 columns. */

export function fullCardText(card: CardWords): string {
  return lines(
    ...head(card),
    card.authors && wrap(card.authors, '  '),
    ...(card.sentences ? ['', wrap(card.sentences, '  '), ''] : []),
    ...links(card),
  );
}

export function shortCardText(card: CardWords): string {
  return lines(...head(card), ...links(card));
}

export function reasonedCardText(card: CardWords): string {
  return lines(...head(card), `  ${slot('why')}`, ...links(card));
}

export function briefCardText(card: CardWords): string {
  return lines('', wrap(card.title), `  ${slot('why')}`, `  ${card.url}`);
}

export function lineText(card: CardWords): string {
  return `  ${card.name}  ${slot('signal')}\n`;
}

export function contentsText(): string {
  return `\nIN TWO MINUTES\n\n${slot('lines')}`;
}

export function sectionText(): string {
  return `\n\n== ${slot('heading')} ==\n${slot('items')}`;
}

export function risingText({ site }: Pick<EditionInput, 'site'>): string {
  return `\n\n== Rising topics ==\n${slot('topics')}\nAll rising topics: ${site.url}/rising\n`;
}

export function topicText({ site }: Pick<EditionInput, 'site'>): string {
  return lines(
    '',
    slot('phrase'),
    `  ${slot('figures')}`,
    `  ${site.url}/search?q=${slot('search')}`,
  );
}

export function frameText({ site }: Pick<EditionInput, 'site'>): string {
  return lines(
    'Broadsheet',
    slot('issueHeading'),
    slot('summary'),
    `Read on the web: ${slot('archiveUrl')}`,
    `${slot('contents')}${slot('sections')}${slot('rising')}`,
    '-- ',
    slot('because'),
    ...FOOT_LINKS.map(({ name, url }) => `${name}: ${url(site.url)}`),
    `Sent to ${slot('email')}${site.postalAddress ? ` · ${plainText(site.postalAddress)}` : ''}`,
  );
}

function head(card: CardWords): string[] {
  const tags = card.tags.map(({ name }) => name).join(' · ');
  return ['', wrap(card.title), `  ${tags}  ${slot('signal')}`];
}

function links(card: CardWords): string[] {
  return [
    `  ${card.url}`,
    ...card.sources.map(({ name, url }) => `  ${name}: ${url}`),
    `  Save: ${card.saveUrl}`,
    `  More like this: ${card.moreUrl}`,
    `  Not for me: ${card.lessUrl}`,
  ];
}

/** The empty string is an empty line. */
function lines(...all: string[]): string {
  return all.map((line) => `${line}\n`).join('');
}
