import { Fragment } from 'react';
import { dayName } from '@/lib/calendar/day-names';
import { authorLine, webUrl } from '@/lib/papers/display';
import type { Paper } from '@/lib/papers/paper';
import { lessUrl, muteUrl } from '@/lib/subscribers/reader-links';
import { namedTags } from '@/lib/tags/taxonomy';
import { Layout } from './layout';
import { paragraph, plainText, shorten } from './prose';
import { slot } from './slots';
import type { EditionInput } from './types';

/**
 * The digest's templates as HTML. They are rendered once an edition; what is a reader's own stands
 * in slots. The text part beside it (`digest-text.ts`) says the same.
 */

/** What both parts show of a paper, cut to what a mail has room for. */
export interface CardWords {
  url: string;
  title: string;
  authors: string;
  date: string | null;
  tags: { name: string; url: string }[];
  codeUrl: string | null;
  /** The TLDR where there is one, else the abstract or the summary, as one paragraph. */
  abstract: string;
  /** Of pages that ask before they change anything. */
  lessUrl: string;
  muteUrl: string;
}

const MAX_TITLE = 250;
const MAX_AUTHORS = 160;
const MAX_TAGS = 5;
const MAX_ABSTRACT = 700;

export function cardWords(paper: Paper, siteUrl: string): CardWords {
  const date = paper.publishedAt ?? null;
  const kind = paper.tldr ? 'TL;DR: ' : paper.abstractKind === 'summary' ? 'Summary: ' : '';
  return {
    url: `${siteUrl}/papers/${paper.id}`,
    title: (paper.withdrawnAt ? 'Withdrawn: ' : '') + shorten(plainText(paper.title), MAX_TITLE),
    authors: shorten(plainText(authorLine(paper.authors, 5)), MAX_AUTHORS),
    date: date && dayName(date),
    tags: namedTags(paper.tags)
      .slice(0, MAX_TAGS)
      .map(({ slug, name }) => ({ name: plainText(name), url: `${siteUrl}/tags/${slug}` })),
    codeUrl: mailUrl(paper.codeUrl),
    abstract: kind + paragraph(plainText(paper.tldr ?? paper.abstract), MAX_ABSTRACT),
    lessUrl: lessUrl(slot('feedbackUrl'), paper.id),
    muteUrl: muteUrl(slot('feedbackUrl'), paper.id),
  };
}

/** A source's link, if it is a plain one of sensible length. */
function mailUrl(value: string | null): string | null {
  const url = webUrl(value);
  return url && url.length <= 200 ? url : null;
}

export function FullCard({ card }: { card: CardWords }) {
  return (
    <div>
      <h3>
        <a href={card.url}>{card.title}</a>
      </h3>
      <p className="small">{card.authors}</p>
      <p className="small">
        {card.date}
        {card.tags.map((tag, i) => (
          <Fragment key={tag.url}>
            {i > 0 || card.date ? ' · ' : ''}
            <a href={tag.url}>{tag.name}</a>
          </Fragment>
        ))}
        {card.codeUrl && (
          <>
            {card.tags.length > 0 || card.date ? ' · ' : ''}
            <a href={card.codeUrl}>code</a>
          </>
        )}
      </p>
      <p>{card.abstract}</p>
      <p className="small">
        {slot('why')}
        <br />
        <a href={card.lessUrl}>Less like this</a>
        {' · '}
        <a href={card.muteUrl}>Mute a tag</a>
      </p>
    </div>
  );
}

export function BriefCard({ card }: { card: CardWords }) {
  return (
    <div>
      <h3>
        <a href={card.url}>{card.title}</a>
      </h3>
      <p className="small">
        {card.authors}
        <br />
        {slot('why')}
      </p>
    </div>
  );
}

export function Section() {
  return (
    <div>
      <h2>{slot('heading')}</h2>
      {slot('items')}
    </div>
  );
}

export const CADENCE_WORDS = {
  daily: 'every day',
  weekly: 'every week',
  monthly: 'every month',
} as const;

export function Frame({ site, cadence, issue }: Omit<EditionInput, 'papers'>) {
  return (
    <Layout title={slot('subject')} preheader={slot('preheader')} siteUrl={site.url}>
      <h1>{plainText(issue)}</h1>
      <p>{slot('intro')}</p>
      <p className="small">
        <a href={slot('archiveUrl')}>Read this issue on the web</a>
      </p>
      {slot('sections')}
      <div className="foot">
        <p className="small">
          {slot('email')}
          {` gets this ${CADENCE_WORDS[cadence]} because it was asked for and confirmed.`}
        </p>
        <p className="small">
          <a href={slot('preferencesUrl')}>Change what you get</a>
          {' · '}
          <a href={slot('pauseUrl')}>Pause for two weeks</a>
          {' · '}
          <a href={slot('unsubscribeUrl')}>Unsubscribe</a>
        </p>
        {site.postalAddress && <p className="small">{plainText(site.postalAddress)}</p>}
      </div>
    </Layout>
  );
}
