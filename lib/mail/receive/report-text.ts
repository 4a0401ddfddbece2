import { decodeHTML } from 'entities';
import { type Headers, type ReceivedMail, readHeaders, readMail, textOf } from './read-mail';

/** A report taken apart: what the server says, its machine-readable fields, and what it returns. */
export interface Report {
  headers: Headers;
  /** multipart/report with this report-type, or empty. */
  reportType: string;
  /** What is written for people, before the returned mail begins. */
  notice: string;
  /** All that is written, to whatever length: it may be a provider's JSON. */
  whole: string;
  /** Field groups of RFC 3464 (and feedback reports), wherever they stand. */
  groups: Headers[];
  feedback: Headers | null;
  /** Headers of the mail that came back; empty when it did not. */
  returned: Headers;
}

/** A report inside of a report, as some gateways pass it on. */
const MAX_DEPTH = 3;

export async function takeApart(mail: ReceivedMail): Promise<Report> {
  const notices: string[] = [];
  const statuses: string[] = [];
  let feedback: Headers | null = null;
  let returned: Headers | null = null;
  let html = '';
  const visit = async ({ text, html: marked, parts }: ReceivedMail, depth: number) => {
    if (text) notices.push(text);
    else html ||= textOfHtml(marked);
    for (const { type, bytes } of parts) {
      switch (type) {
        case 'message/delivery-status':
        case 'message/global-delivery-status':
          statuses.push(textOf(bytes));
          break;
        case 'message/feedback-report':
          feedback = await readHeaders(textOf(bytes));
          break;
        case 'message/rfc822':
        case 'message/global':
        case 'message/rfc822-headers':
        case 'text/rfc822-headers':
        case 'text/rfc822':
        case 'message/partial': {
          if (returned) break;
          const inner = await readMail(bytes);
          const passedOn = reportType(inner) === 'delivery-status' && statuses.length === 0;
          if (passedOn && depth < MAX_DEPTH) await visit(inner, depth + 1);
          else returned = inner.headers;
          break;
        }
        default:
          if (type.startsWith('text/') && type !== 'text/html') notices.push(textOf(bytes));
      }
    }
  };
  await visit(mail, 1);
  const whole = notices.join('\n\n').trim() || html;
  const written = bounded(whole, MAX_WRITTEN);
  const { notice, rest } = splitReturned(written);
  // Reports that are not MIME, or whose MIME is broken, write the same fields into the text.
  // A person may have passed one on, with `>` before each line.
  const groups = [
    ...statuses.map((status) => bounded(status, MAX_WRITTEN)),
    written.replace(/^> ?/gm, ''),
  ];
  return {
    headers: mail.headers,
    reportType: reportType(mail),
    whole,
    notice: bounded(notice.length > 0 ? notice : html, MAX_NOTICE),
    groups: await Promise.all(groups.flatMap(fieldGroups).slice(0, MAX_GROUPS).map(readHeaders)),
    feedback,
    returned: returned ?? (await readHeaders(rest)),
  };
}

/** Of a multipart/report, in lower case; else empty. */
function reportType({ headers }: ReceivedMail): string {
  const value = headers.get('content-type') ?? '';
  if (!/^\s*multipart\/report\b/i.test(value)) return '';
  return (/;\s*report-type\s*=\s*"?([\w-]+)/i.exec(value)?.[1] ?? '').toLowerCase();
}

const HEADER_LINE =
  /^(?:Return-Path|Received|From|To|Cc|Date|Subject|Message-ID|Message-Id|MIME-Version|Mime-Version|Reply-To|Sender|Content-[\w-]+|Delivered-To|DKIM-Signature|Organization|Importance|Authentication-Results|ARC-[\w-]+|List-[\w-]+|X-[\w-]+):/i;

/**
 * The most that is looked at, so that no pattern below ever meets a long text: what a server has to
 * say stands at the beginning, in lines of at most a thousand bytes (RFC 5322).
 */
const MAX_WRITTEN = 200_000;
const MAX_NOTICE = 20_000;
const MAX_LINE = 1_000;
const MAX_GROUPS = 50;

function bounded(text: string, most: number): string {
  return text
    .slice(0, most)
    .split('\n')
    .map((line) => line.slice(0, MAX_LINE))
    .join('\n');
}

/** `--- Below this line is a copy of the message.` and its kin. */
const RETURNED =
  /^(?:[-=*_ ]{3}.*(?:original|returned|unsent|undelivered|bounced|copy of|below this line|header)|(?:this|below|included|here|enclosed|following)\b.{0,20} is a copy of|(?:original|returned|your) (?:message|e-?mail|mail) (?:headers? )?follows?|(?:message|mail) headers? follows?)/i;

/**
 * Where a returned mail begins in running text: at a line that says so, or else at the first three
 * header lines in a row.
 */
function splitReturned(text: string): { notice: string; rest: string } {
  const lines = text.split('\n');
  for (let i = 0; i < lines.length; i++) {
    if (RETURNED.test(lines[i]!)) {
      const rest = lines
        .slice(i + 1)
        .join('\n')
        .replace(/^> ?/gm, '')
        .replace(/^\s+/, '');
      return { notice: lines.slice(0, i).join('\n'), rest: rest.split(/\n[ \t]*\n/)[0]! };
    }
    if (!HEADER_LINE.test(lines[i]!.replace(/^>? ?/, ''))) continue;
    let found = 1;
    for (let next = i + 1; next < lines.length && found < 3; next++) {
      const line = lines[next]!.replace(/^>? ?/, '');
      if (HEADER_LINE.test(line)) found++;
      else if (!/^[ \t]+\S/.test(line)) break;
    }
    // A broken part's own headers are not a mail's.
    const block = lines.slice(i, i + 12).join('\n');
    if (found < 3 || !/^[> ]*(?:from|to|received|message-id|return-path|date):/im.test(block))
      continue;
    return {
      notice: lines.slice(0, i).join('\n'),
      rest: lines
        .slice(i)
        .join('\n')
        .replace(/^>? ?/gm, '')
        .split(/\n[ \t]*\n/)[0]!,
    };
  }
  return { notice: text, rest: '' };
}

const STATUS_FIELD =
  /^(?:Final-Recipient|Original-Recipient|X-Actual-Recipient|Action|Status|Diagnostic-Code)[ \t]*:/im;

/** Blocks between empty lines that have fields of a delivery status. */
function fieldGroups(text: string): string[] {
  return text.split(/\n[ \t]*\n/).filter((block) => STATUS_FIELD.test(block));
}

const HIDDEN = /^(style|script|head)\b/i;
const LINE_END = /^(?:br|\/p|\/div|\/tr|\/h\d|\/li)\b/i;

/** The words of an HTML part. What stands in angle brackets with an `@` is an address and no tag. */
function textOfHtml(html: string): string {
  const [before = '', ...pieces] = html.split('<');
  let text = before;
  let hidden: string | null = null;
  for (const piece of pieces) {
    const end = piece.indexOf('>');
    if (hidden !== null) {
      if (!piece.toLowerCase().startsWith(`/${hidden}`)) continue;
      hidden = null;
    }
    if (end < 0 || piece.lastIndexOf('@', end) >= 0) text += `<${piece}`;
    else {
      hidden = HIDDEN.exec(piece)?.[1]?.toLowerCase() ?? null;
      if (hidden === null) text += (LINE_END.test(piece) ? '\n' : '') + piece.slice(end + 1);
    }
  }
  return decodeHTML(text);
}
