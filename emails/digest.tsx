import type { ReactNode } from 'react';
import type { CardWords } from './card-words';
import {
  accent,
  ink,
  muted,
  quietLink,
  RULE,
  sans,
  serif,
  smallLink,
  titleLink,
  WASH,
} from './look';
import { MailPage } from './mail-page';
import { plainText } from './prose';
import { slot } from './slots';
import type { EditionInput } from './types';

/**
 * The digest's templates as HTML. They are rendered once an edition; what is a reader's own stands
 * in slots. The text part beside it (`digest-text.ts`) says the same.
 */

/** One of the first: with two sentences. */
export function FullCard({ card }: { card: CardWords }) {
  return (
    <Card>
      <Facts card={card} />
      <h3 style={{ margin: '1px 0 0', font: `bold ${serif(19, 24)}` }}>
        <Title card={card} />
      </h3>
      {card.authors && (
        <p className="mu" style={{ margin: '2px 0 0', font: sans(13, 18), ...muted }}>
          {card.authors}
        </p>
      )}
      {card.sentences && (
        <p className="in" style={{ margin: '4px 0 0', font: serif(16, 22), ...ink }}>
          {card.sentences}
        </p>
      )}
      <Links card={card} />
    </Card>
  );
}

/** One of the others: title, signal, tags and links. */
export function ShortCard({ card, children }: { card: CardWords; children?: ReactNode }) {
  return (
    <Card>
      <Facts card={card} />
      <h3 style={{ margin: '1px 0 0', font: `bold ${serif(16, 22)}` }}>
        <Title card={card} />
      </h3>
      {children}
      <Links card={card} />
    </Card>
  );
}

/** One like the reader's own papers: with the reason. */
export function ReasonedCard({ card }: { card: CardWords }) {
  return (
    <ShortCard card={card}>
      <p className="mu" style={{ margin: '2px 0 0', font: sans(13, 18), ...muted }}>
        {slot('why')}
      </p>
    </ShortCard>
  );
}

/** A paper that changed, or one for which there is no more room. */
export function BriefCard({ card }: { card: CardWords }) {
  return (
    <p className="mu ru" style={{ margin: '0 0 6px', font: sans(13, 20), ...muted }}>
      <a className="ac" href={card.url} style={accent}>
        {card.title}
      </a>
      <br />
      {slot('why')}
    </p>
  );
}

/** In the list of all papers. It leads to the page, since links inside a mail are often ignored. */
export function Line({ card }: { card: CardWords }) {
  return (
    <tr>
      <td
        className="in ru"
        width="48"
        align="right"
        style={{
          borderTop: `1px solid ${RULE}`,
          padding: '0 10px 0 0',
          font: `bold ${sans(13, 24)}`,
          whiteSpace: 'nowrap',
          ...ink,
        }}
      >
        {slot('signal')}
      </td>
      <td className="ru" style={{ borderTop: `1px solid ${RULE}`, font: serif(15, 24) }}>
        <a
          className="in"
          href={`${slot('archiveUrl')}#paper-${card.id}`}
          style={{ display: 'block', ...ink, textDecoration: 'none' }}
        >
          {card.name}
        </a>
      </td>
    </tr>
  );
}

/** The list of all papers. */
export function Contents() {
  return (
    <>
      <Heading>In two minutes</Heading>
      <Table>
        <tbody>{slot('lines')}</tbody>
      </Table>
    </>
  );
}

export function Section() {
  return (
    <>
      <Heading>{slot('heading')}</Heading>
      {slot('items')}
    </>
  );
}

/** Topics that began to rise since the digest before. */
export function Rising({ site }: Pick<EditionInput, 'site'>) {
  return (
    <>
      <Heading>Rising topics</Heading>
      {slot('topics')}
      <p style={{ margin: '0 0 9px', font: sans(13, 26) }}>
        <a className="ac" href={`${site.url}/rising`} style={smallLink}>
          All rising topics
        </a>
      </p>
    </>
  );
}

export function Topic({ site }: Pick<EditionInput, 'site'>) {
  return (
    <p className="mu ru" style={{ margin: '0 0 6px', font: sans(13, 20), ...muted }}>
      <a
        className="in"
        href={`${site.url}/search?q=${slot('search')}`}
        style={{ ...titleLink, font: `bold ${serif(16, 22)}` }}
      >
        {slot('phrase')}
      </a>
      <br />
      {slot('figures')}
    </p>
  );
}

export function Frame({ site }: Pick<EditionInput, 'site'>) {
  const foot = { font: sans(13, 20), margin: 0, ...muted };
  return (
    <MailPage title={slot('subject')} preheader={slot('preheader')}>
      <Table>
        <tbody>
          <tr>
            <td style={{ padding: '16px 0 7px', font: `bold ${serif(26, 30)}` }}>
              <a className="in" href={site.url} style={titleLink}>
                Broadsheet
              </a>
            </td>
            <td align="right" valign="bottom" style={{ paddingBottom: 7, font: sans(13, 24) }}>
              <a className="ac" href={slot('archiveUrl')} style={accent}>
                Read on the web
              </a>
            </td>
          </tr>
        </tbody>
      </Table>
      <div className="dr" style={{ borderTop: `4px double ${ink.color}`, padding: '7px 0' }}>
        <h1 className="in" style={{ margin: 0, font: `bold ${serif(17, 22)}`, ...ink }}>
          {slot('issueHeading')}
        </h1>
        <p className="mu" style={{ margin: '1px 0 0', font: sans(13, 18), ...muted }}>
          {slot('summary')}
        </p>
      </div>
      {slot('contents')}
      {slot('sections')}
      {slot('rising')}
      <div className="dr" style={{ borderTop: `1px solid ${ink.color}`, padding: '9px 0 24px' }}>
        <p className="mu" style={foot}>
          {slot('because')}
        </p>
        <p className="mu" style={{ font: sans(13, 26), margin: '4px 0 0', ...muted }}>
          {FOOT_LINKS.map(({ name, url }) => (
            <span key={name}>
              <a className="ac" href={url(site.url)} style={smallLink}>
                {name}
              </a>
              {'\u2002 '}
            </span>
          ))}
        </p>
        <p className="mu" style={{ font: sans(12, 17), margin: '2px 0 0', ...muted }}>
          {'Sent to '}
          {slot('email')}
          {site.postalAddress && ` · ${plainText(site.postalAddress)}`}
        </p>
      </div>
    </MailPage>
  );
}

export const FOOT_LINKS: readonly { name: string; url: (siteUrl: string) => string }[] = [
  { name: 'Settings', url: () => slot('preferencesUrl') },
  { name: 'Pause for two weeks', url: () => slot('pauseUrl') },
  { name: 'Unsubscribe', url: () => slot('unsubscribeUrl') },
  { name: 'Past issues', url: (siteUrl) => `${siteUrl}/digests` },
];

/** Signal and tags in two cells, which Outlook keeps apart. */
function Facts({ card }: { card: CardWords }) {
  return (
    <table role="presentation" cellPadding={0} cellSpacing={0} border={0}>
      <tbody>
        <tr>
          <td className="in" style={{ font: `bold ${sans(13, 24)}`, whiteSpace: 'nowrap', ...ink }}>
            {slot('signal')}
            {'\u2002'}
          </td>
          <td style={{ font: sans(13, 24) }}>
            {card.tags.map((tag) => (
              <span key={tag.url}>
                <a
                  className="in wa"
                  href={tag.url}
                  style={{ ...ink, textDecoration: 'none', background: WASH, padding: '2px 0' }}
                >
                  {`\u00a0${tag.name}\u00a0`}
                </a>
                {'\u2002'}
              </span>
            ))}
          </td>
        </tr>
      </tbody>
    </table>
  );
}

function Title({ card }: { card: CardWords }) {
  return (
    <a className="in" href={card.url} style={titleLink}>
      {card.title}
    </a>
  );
}

/** All that one can do with a paper, on one line. */
function Links({ card }: { card: CardWords }) {
  return (
    <p className="mu" style={{ margin: '2px 0 0', font: sans(13, 26), ...muted }}>
      {card.sources.map(({ name, url }) => (
        <span key={name}>
          <a className="ac" href={url} aria-label={`${name}: ${card.name}`} style={smallLink}>
            {name}
          </a>
          {'\u2002 '}
        </span>
      ))}
      {card.sources.length > 0 && '· \u2002'}
      <a className="mu" href={card.saveUrl} aria-label={`Save: ${card.name}`} style={quietLink}>
        Save
      </a>
      {'\u2002 '}
      <a
        className="mu"
        href={card.moreUrl}
        aria-label={`More like this: ${card.name}`}
        style={quietLink}
      >
        More like this
      </a>
      {'\u2002 '}
      <a
        className="mu"
        href={card.lessUrl}
        aria-label={`Not for me: ${card.name}`}
        style={quietLink}
      >
        Not for me
      </a>
    </p>
  );
}

/** Ruled above: a rule below the last of a section would stand against the one over the next heading. */
function Card({ children }: { children: React.ReactNode }) {
  return (
    <div className="ru" style={{ borderTop: `1px solid ${RULE}`, padding: '7px 0 6px' }}>
      {children}
    </div>
  );
}

function Heading({ children }: { children: React.ReactNode }) {
  return (
    <h2
      className="in dr"
      style={{
        margin: '6px 0 0',
        padding: '8px 0 4px',
        borderTop: `1px solid ${ink.color}`,
        font: `bold ${serif(17, 22)}`,
        ...ink,
      }}
    >
      {children}
    </h2>
  );
}

function Table({ children }: { children: React.ReactNode }) {
  return (
    <table role="presentation" width="100%" cellPadding={0} cellSpacing={0} border={0}>
      {children}
    </table>
  );
}
