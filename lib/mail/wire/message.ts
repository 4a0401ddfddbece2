import { headerText } from './encode';
import { isPlainAddress } from './mailbox';
import type { MailBody } from './multipart';
import type { MailSender } from './sender';
import { signedId, verpAddress } from './verp';

/** What a message needs besides its body; `buildMessage` turns both into signed bytes. */
interface MessageFields {
  /** As `parseAddress` gives it: ASCII, one plain address. */
  to: string;
  subject: string;
  date: Date;
  /**
   * Stable over attempts and unique over all messages (`messageId`): becomes the Message-ID and,
   * where `BOUNCE_DOMAIN` is set, the envelope sender. Lower-case letters, digits and `-`, at most 48.
   */
  id: string;
  /** Set on digests: the headers of a mailing list and of one-click unsubscription (RFC 8058). */
  list?: {
    /** Takes a POST with `List-Unsubscribe=One-Click` and no cookies. */
    oneClickUrl: string;
    /** This issue on the web. */
    archiveUrl: string;
    /** Short name of the edition for `Feedback-ID`, for example `weekly-2026-w47`. */
    campaign: string;
  };
}

/** One ready-made message: headers and body as they go over the wire, signed, CRLF line ends. */
export interface OutgoingMessage {
  envelope: {
    /** Bounces go here: the VERP address of the message, or the plain sender. */
    from: string;
    to: string;
  };
  raw: Buffer;
}

/** The message cannot be written: a field has what must not stand in a header. */
export class MessageError extends Error {
  override name = 'MessageError';
}

/**
 * Writes the whole message, headers and body, and signs it where a DKIM key is set.
 * @throws MessageError when a field cannot stand in a header
 */
export async function buildMessage(
  sender: MailSender,
  fields: MessageFields,
  { contentType, body }: MailBody,
): Promise<OutgoingMessage> {
  if (!isPlainAddress(fields.to)) {
    throw new MessageError(`not an address to write to: ${JSON.stringify(fields.to)}`);
  }
  if (!/^[a-z0-9-]{1,48}$/.test(fields.id)) {
    throw new MessageError(`not a message id: ${JSON.stringify(fields.id)}`);
  }
  const headers = [
    `From: ${mailbox(sender.name, sender.address)}`,
    `To: ${fields.to}`,
    `Reply-To: ${sender.replyTo}`,
    `Subject: ${headerText(fields.subject, 'Subject: '.length)}`,
    `Date: ${fields.date.toUTCString().replace('GMT', '+0000')}`,
    `Message-ID: <${signedId(fields.id, sender.secret)}@${sender.domain}>`,
    ...(fields.list ? listHeaders(sender, fields.list) : []),
    'Auto-Submitted: auto-generated',
    'X-Auto-Response-Suppress: OOF, AutoReply',
    'MIME-Version: 1.0',
    `Content-Type: ${contentType}`,
  ];
  const signature = sender.dkim && (await sender.dkim.sign(headers, body, fields.date));
  if (signature) headers.unshift(`DKIM-Signature: ${signature}`);
  return {
    envelope: {
      from: sender.bounceDomain
        ? verpAddress(fields.id, sender.bounceDomain, sender.secret)
        : sender.address,
      to: fields.to,
    },
    // All of it is ASCII: see `mailbox`, `headerText` and `MailBody`.
    raw: Buffer.from(`${headers.join('\r\n')}\r\n\r\n${body}`, 'latin1'),
  };
}

function listHeaders(sender: MailSender, list: NonNullable<MessageFields['list']>): string[] {
  if (!/^[a-z0-9-]{1,40}$/.test(list.campaign)) {
    throw new MessageError(`not a campaign name: ${JSON.stringify(list.campaign)}`);
  }
  const owner = sender.contact && `mailto:${sender.contact}`;
  return [
    `List-Id: Broadsheet digest <digest.${new URL(sender.siteUrl).hostname}>`,
    `List-Unsubscribe: <${httpUrl(list.oneClickUrl)}>`,
    'List-Unsubscribe-Post: List-Unsubscribe=One-Click',
    `List-Help: <${owner ?? httpUrl(sender.siteUrl)}>`,
    ...(owner ? [`List-Owner: <${owner}>`] : []),
    'List-Post: NO',
    `List-Archive: <${httpUrl(list.archiveUrl)}>`,
    'Precedence: bulk',
    `Feedback-ID: ${list.campaign}:digest:broadsheet`,
  ];
}

function mailbox(name: string, address: string): string {
  if (!name) return address;
  if (/^[A-Za-z0-9 -]+$/.test(name)) return `${name} <${address}>`;
  const encoded = headerText(name, 'From: '.length);
  const quoted = encoded.startsWith('=?') ? encoded : `"${encoded.replace(/["\\]/g, '\\$&')}"`;
  return `${quoted} <${address}>`;
}

/** A URL that may stand between angle brackets. */
function httpUrl(url: string): string {
  if (!/^https?:\/\/[!-;=?-~]+$/.test(url)) {
    throw new MessageError(`not a URL for a header: ${JSON.stringify(url)}`);
  }
  return url;
}
