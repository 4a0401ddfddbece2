import { Layout } from './layout';
import { plainText, wrap } from './prose';
import { renderHtml } from './render';
import type { MailContent, MailSite } from './types';

/** A short mail about one thing to do. Both parts are made from the same words. */
interface Letter {
  subject: string;
  heading: string;
  before: string[];
  action: { label: string; url: string };
  after: string[];
}

export async function renderLetter(site: MailSite, letter: Letter): Promise<MailContent> {
  const host = new URL(site.url).host;
  const sentBy = `Sent by Broadsheet at ${host}: trending research papers, in your inbox.`;
  const { action } = letter;
  const html = await renderHtml(
    <Layout title={letter.subject} preheader={plainText(letter.before[0] ?? '')} siteUrl={site.url}>
      <h1>{letter.heading}</h1>
      {letter.before.map((line) => (
        <p key={line}>{plainText(line)}</p>
      ))}
      <p className="button">
        <a href={action.url}>{action.label}</a>
      </p>
      <p className="small">
        {'Or open this address: '}
        <a href={action.url}>{action.url}</a>
      </p>
      {letter.after.map((line) => (
        <p key={line}>{plainText(line)}</p>
      ))}
      <div className="foot">
        <p className="small">{sentBy}</p>
        {site.postalAddress && <p className="small">{plainText(site.postalAddress)}</p>}
      </div>
    </Layout>,
  );
  const text = [
    'Broadsheet',
    letter.heading,
    ...letter.before.map((line) => wrap(plainText(line))),
    `${action.label}:\n${action.url}`,
    ...letter.after.map((line) => wrap(plainText(line))),
    '-- ',
    [sentBy, ...(site.postalAddress ? [plainText(site.postalAddress)] : [])]
      .map((line) => wrap(line))
      .join('\n'),
  ].join('\n\n');
  return { subject: letter.subject, html, text };
}
