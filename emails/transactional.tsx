import { accent, button, ink, muted, RULE, sans, serif, titleLink } from './look';
import { MailPage } from './mail-page';
import { plainText, wrap } from './prose';
import { renderHtml } from './render';
import type { MailContent, MailSite } from './types';

/** A short mail about one thing to do. Both parts are made from the same words. */
interface TransactionalMail {
  subject: string;
  heading: string;
  before: string[];
  /** A list below that: `Topics`, `PEFT or LoRA`. */
  facts?: readonly { label: string; value: string }[];
  action: { label: string; url: string };
  after: string[];
}

const prose = { margin: '10px 0 0', font: serif(16, 24), ...ink };
const fact = { font: sans(13, 24), padding: '0 16px 0 0', whiteSpace: 'nowrap', ...muted } as const;
const small = { margin: 0, font: sans(13, 20), ...muted };

export async function renderTransactionalMail(
  site: MailSite,
  mail: TransactionalMail,
): Promise<MailContent> {
  const host = new URL(site.url).host;
  const sentBy = `Sent by Broadsheet at ${host}: trending research papers in your inbox.`;
  const { action, facts = [] } = mail;
  const html = await renderHtml(
    <MailPage title={mail.subject} preheader={plainText(mail.before[0] ?? '')}>
      <p style={{ margin: 0, padding: '16px 0 7px', font: `bold ${serif(26, 30)}` }}>
        <a className="in" href={site.url} style={titleLink}>
          Broadsheet
        </a>
      </p>
      <div className="dr" style={{ borderTop: `4px double ${ink.color}`, padding: '14px 0 0' }}>
        <h1 className="in" style={{ margin: 0, font: `bold ${serif(22, 28)}`, ...ink }}>
          {mail.heading}
        </h1>
        {mail.before.map((line) => (
          <p key={line} className="in" style={prose}>
            {plainText(line)}
          </p>
        ))}
        {facts.length > 0 && (
          <table
            role="presentation"
            cellPadding={0}
            cellSpacing={0}
            border={0}
            style={{ margin: '10px 0 0' }}
          >
            <tbody>
              {facts.map(({ label, value }) => (
                <tr key={label}>
                  <td className="mu" valign="top" style={fact}>
                    {`${label}:`}
                  </td>
                  <td className="in" valign="top" style={{ font: serif(16, 24), ...ink }}>
                    {plainText(value)}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
        <p style={{ margin: '18px 0 0', font: `bold ${sans(16, 22)}` }}>
          <a className="bu" href={action.url} style={button}>
            {action.label}
          </a>
        </p>
        <p className="mu" style={{ ...small, margin: '14px 0 0', wordBreak: 'break-all' }}>
          {'Or open this link: '}
          <a className="ac" href={action.url} style={accent}>
            {action.url}
          </a>
        </p>
        {mail.after.map((line) => (
          <p key={line} className="in" style={prose}>
            {plainText(line)}
          </p>
        ))}
      </div>
      <div className="ru" style={{ borderTop: `1px solid ${RULE}`, margin: '24px 0 0' }}>
        <p className="mu" style={{ ...small, padding: '9px 0 0' }}>
          {sentBy}
        </p>
        <p className="mu" style={{ ...small, padding: '0 0 24px' }}>
          {site.postalAddress && plainText(site.postalAddress)}
        </p>
      </div>
    </MailPage>,
  );
  const text = [
    'Broadsheet',
    mail.heading,
    ...mail.before.map((line) => wrap(plainText(line))),
    ...(facts.length > 0 ? [facts.map(factText).join('\n')] : []),
    `${action.label}:\n${action.url}`,
    ...mail.after.map((line) => wrap(plainText(line))),
    '-- ',
    [sentBy, ...(site.postalAddress ? [plainText(site.postalAddress)] : [])]
      .map((line) => wrap(line))
      .join('\n'),
  ].join('\n\n');
  return { subject: mail.subject, html, text };
}

const factText = ({ label, value }: { label: string; value: string }) =>
  wrap(`${label}: ${plainText(value)}`);
