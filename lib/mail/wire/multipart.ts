import { quotedPrintable } from './encode';

/** A composed body, ready for headers and signature. ASCII, CRLF. */
export interface MailBody {
  contentType: string;
  body: string;
}

/** In quoted-printable a `=` is followed by two digits or a line break, so no body contains it. */
const BOUNDARY = '=_broadsheet_part';

/** Both parts, each in quoted-printable and with a line break at its end; the text first, as the lesser one. */
export function multipart(text: string, html: string): MailBody {
  return {
    contentType: `multipart/alternative; boundary="${BOUNDARY}"`,
    body: `${part('text/plain', text)}\r\n${part('text/html', html)}\r\n--${BOUNDARY}--\r\n`,
  };
}

function part(type: string, encoded: string): string {
  return `--${BOUNDARY}\r\nContent-Type: ${type}; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n${encoded}`;
}

export function encodeBody({ text, html }: { text: string; html: string }): MailBody {
  const encode = (content: string) => quotedPrintable(`${content.trimEnd()}\n`);
  return multipart(encode(text), encode(html));
}
