import PostalMime, { decodeWords } from 'postal-mime';

/** Header fields in order; names in lower case, values unfolded and decoded. */
export class Headers {
  constructor(readonly fields: { name: string; value: string }[]) {}

  get(name: string): string | undefined {
    return this.fields.find((field) => field.name === name)?.value;
  }

  all(...names: string[]): string[] {
    return this.fields.filter((field) => names.includes(field.name)).map((field) => field.value);
  }
}

/** A mail as its reader sees it: what is written in it, and what is attached. */
export interface ReceivedMail {
  headers: Headers;
  text: string;
  html: string;
  /** Reports for machines, returned mails and other attachments, in order. */
  parts: { type: string; bytes: Buffer }[];
}

/** What stands beyond is the returned mail's attachments. */
const MAX_BYTES = 256_000;
const MAX_LINES = 10_000;
const MAX_PARTS = 100;
const MAX_HEADERS = 64_000;
const MAX_HEADER = 4_000;

/** Total: any bytes give a mail, since what servers report is often not quite MIME. */
export async function readMail(bytes: Uint8Array): Promise<ReceivedMail> {
  const source = withoutSeparator(beginning(bytes));
  const mail = await parse(source);
  const isEmpty = mail.text === '' && mail.html === '' && mail.parts.length === 0;
  if (!isEmpty) return mail;
  // Its boundary never comes, or is nested beyond all measure: read the body as it stands.
  const { text } = await parse(Buffer.concat([Buffer.from('\n'), bodyOf(source)]));
  return { ...mail, text };
}

/** The fields of one block, for example of a delivery status (RFC 3464). */
export async function readHeaders(block: string): Promise<Headers> {
  return (await parse(Buffer.from(block.trim()))).headers;
}

async function parse(source: Buffer): Promise<ReceivedMail> {
  const options = { forceRfc822Attachments: true, maxHeadersSize: MAX_HEADERS };
  const email = await PostalMime.parse(source, options).catch(() => null);
  const { headers = [], text = '', html = '', attachments = [] } = email ?? {};
  return {
    headers: new Headers(
      headers.map(({ key, value }) => ({
        name: key,
        value: decodeWords(value.slice(0, MAX_HEADER)).replace(/[ \t]+/g, ' '),
      })),
    ),
    text: readable(text),
    html: readable(html),
    parts: attachments.slice(0, MAX_PARTS).map(({ mimeType, content }) => ({
      type: mimeType,
      bytes: Buffer.from(content as ArrayBuffer),
    })),
  };
}

function beginning(bytes: Uint8Array): Buffer {
  const source = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, MAX_BYTES));
  let end = 0;
  for (let line = 0; line < MAX_LINES; line++) {
    end = source.indexOf('\n', end) + 1;
    if (end === 0) return source;
  }
  return source.subarray(0, end);
}

/** Without empty lines and an mbox file's separator before the first header. */
function withoutSeparator(source: Buffer): Buffer {
  let start = 0;
  while (source[start] === 0x0a || source[start] === 0x0d) start++;
  if (source.toString('latin1', start, start + 5) === 'From ') {
    start = source.indexOf('\n', start) + 1 || source.length;
  }
  return source.subarray(start);
}

function bodyOf(source: Buffer): Buffer {
  const ends = ['\n\n', '\n\r\n'].map((end) => source.indexOf(end)).filter((at) => at >= 0);
  return ends.length === 0 ? Buffer.alloc(0) : source.subarray(Math.min(...ends) + 1);
}

/** A part's text, with plain line ends. */
export function textOf(bytes: Buffer): string {
  return readable(bytes.toString());
}

function readable(text: string): string {
  // Many reports are ISO-2022-JP without saying so: its escapes are not text in anything else.
  const japanese = text.includes('\u001b$');
  const decoded = japanese ? new TextDecoder('iso-2022-jp').decode(Buffer.from(text)) : text;
  return decoded.replace(/\r\n?/g, '\n');
}
