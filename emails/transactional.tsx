import { Layout } from './layout';
import { plainText, wrap } from './prose';
import { renderHtml } from './render';
import type { MailContent, MailSite } from './types';

/** A short mail about one thing to do. Both parts are made from the same words. */
interface TransactionalMail {
  subject: string;
  heading: string;
  before: string[];
  action: { label: string; url: string };
  after: string[];
}

export async function renderTransactionalMail(
  site: MailSite,
  mail: TransactionalMail,
): Promise<MailContent> {
  const host = new URL(site.url).host;
  const sentBy = `Sent by Broadsheet at ${host}: trending research papers, in your inbox.`;
  const { action } = mail;
  const html = await renderHtml(
    <Layout title={mail.subject} preheader={plainText(mail.before[0] ?? '')} siteUrl={site.url}>
      <h1>{mail.heading}</h1>
      {mail.before.map((line) => (
        <p key={line}>{plainText(line)}</p>
      ))}
      <p className="button">
        <a href={action.url}>{action.label}</a>
      </p>
      <p className="small">
        {'Or open this address: '}
        <a href={action.url}>{action.url}</a>
      </p>
      {mail.after.map((line) => (
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
    mail.heading,
    ...mail.before.map((line) => wrap(plainText(line))),
    `${action.label}:\n${action.url}`,
    ...mail.after.map((line) => wrap(plainText(line))),
    '-- ',
    [sentBy, ...(site.postalAddress ? [plainText(site.postalAddress)] : [])]
      .map((line) => wrap(line))
      .join('\n'),
  ].join('\n\n');
  return { subject: mail.subject, html, text };
}
