import { type Headers, type MailPart, parseHeaders } from './mime';

/** A report taken apart: what the server says, its machine-readable fields, and what it returns. */
export interface Report {
  headers: Headers;
  /** multipart/report with this report-type, or empty. */
  reportType: string;
  /** What is written for people, before the returned mail begins. */
  notice: string;
  /** The notice in full, where it may hold a provider's JSON. */
  written: string;
  /** Field groups of RFC 3464 (and feedback reports), wherever they stand. */
  groups: Headers[];
  feedback: Headers | null;
  /** Headers of the mail that came back; empty when it did not. */
  returned: Headers;
}

export function takeApart(mail: MailPart): Report {
  const notices: string[] = [];
  const statuses: string[] = [];
  let feedback: Headers | null = null;
  let returned: Headers | null = null;
  let html = '';
  const visit = (part: MailPart) => {
    switch (part.type) {
      case 'message/delivery-status':
      case 'message/global-delivery-status':
        statuses.push(part.text);
        return;
      case 'message/feedback-report':
        feedback = parseHeaders(part.text.trim());
        return;
      case 'message/rfc822':
      case 'message/global':
      case 'message/rfc822-headers':
      case 'text/rfc822-headers':
      case 'text/rfc822':
      case 'message/partial':
        // A report inside a mail, as some gateways pass it on: the report is what counts.
        if (part.parts[0]?.params['report-type'] === 'delivery-status' && statuses.length === 0) {
          visit(part.parts[0]);
          return;
        }
        returned ??= parseHeaders(part.text.replace(/^\s+/, '').split(/\n[ \t]*\n/)[0] ?? '');
        return;
    }
    if (part.parts.length > 0) for (const inner of part.parts) visit(inner);
    else if (part.type === 'text/html') html ||= stripTags(part.text);
    else notices.push(part.text);
  };
  visit(mail);
  const written = notices.join('\n\n').trim() || html;
  const { notice, rest } = splitReturned(written);
  // Reports that are not MIME, or whose MIME is broken, write the same fields into the text.
  // A person may have passed one on, with `>` before each line.
  const groups = [...statuses, written.replace(/^> ?/gm, '')].flatMap(fieldGroups);
  return {
    headers: mail.headers,
    reportType:
      mail.type === 'multipart/report' ? (mail.params['report-type'] ?? '').toLowerCase() : '',
    written,
    notice: bounded(notice.length > 0 ? notice : html),
    groups,
    feedback,
    returned: returned ?? parseHeaders(rest),
  };
}

const HEADER_LINE =
  /^(?:Return-Path|Received|From|To|Cc|Date|Subject|Message-ID|Message-Id|MIME-Version|Mime-Version|Reply-To|Sender|Content-[\w-]+|Delivered-To|DKIM-Signature|Organization|Importance|Authentication-Results|ARC-[\w-]+|List-[\w-]+|X-[\w-]+):/i;

/** What a server has to say stands at the beginning; the limits keep hostile texts cheap. */
function bounded(text: string): string {
  return text
    .slice(0, 20_000)
    .split('\n')
    .slice(0, 400)
    .map((line) => line.slice(0, 1_000))
    .join('\n');
}

/** `--- Below this line is a copy of the message.` and its kin. */
const RETURNED =
  /^(?:[-=*_ ]{3,}.*(?:original|returned|unsent|undelivered|bounced|copy of|below this line|header)|(?:this|below|included|here|enclosed|following)\b.{0,20} is a copy of|(?:original|returned|your) (?:message|e-?mail|mail) (?:headers? )?follows?|(?:message|mail) headers? follows?)/i;

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
function fieldGroups(text: string): Headers[] {
  return text
    .split(/\n[ \t]*\n/)
    .slice(0, 200)
    .filter((block) => STATUS_FIELD.test(block))
    .map((block) => parseHeaders(block));
}

function stripTags(html: string): string {
  return html
    .replace(/<(style|script|head)\b[\s\S]*?<\/\1>/gi, '')
    .replace(/<(?:br|\/p|\/div|\/tr|\/h\d|\/li)\b[^>]*>/gi, '\n')
    .replace(/<[^>@]*>/g, '')
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&quot;/g, '"')
    .replace(/&nbsp;/g, ' ')
    .replace(/&#(\d{1,6});/g, (_, code) => String.fromCodePoint(Math.min(Number(code), 0x10ffff)))
    .replace(/&amp;/g, '&');
}
