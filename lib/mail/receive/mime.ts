/**
 * A small reader of mail for bounces: total (any bytes give a tree), bounded, and lenient, because
 * what mail servers report is often not quite MIME. Message texts come out decoded.
 */
export interface MailPart {
  /** Lower case, for example `multipart/report`. */
  type: string;
  params: Record<string, string>;
  headers: Headers;
  /** Decoded text; empty for multiparts and for what is neither text nor message. */
  text: string;
  parts: MailPart[];
}

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

/** What stands beyond is the returned mail's attachments. */
const MAX_BYTES = 1_000_000;
const MAX_DEPTH = 8;
const MAX_PARTS = 100;

export function parseMail(bytes: Uint8Array): MailPart {
  const source = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, MAX_BYTES))
    .toString('latin1')
    .replace(/\r\n?/g, '\n')
    .replace(/^\n+/, '')
    // The separator of an mbox file.
    .replace(/^From .*\n/, '');
  return readPart(source, 'text/plain', 0, { left: MAX_PARTS });
}

function readPart(
  source: string,
  usual: string,
  depth: number,
  budget: { left: number },
): MailPart {
  budget.left--;
  const end = source.startsWith('\n') ? 0 : source.indexOf('\n\n');
  const head = end < 0 ? source : source.slice(0, end);
  const body = end < 0 ? '' : source.slice(end + (end === 0 ? 1 : 2));
  const headers = parseHeaders(head);
  const { type, params } = contentType(headers.get('content-type') ?? usual);
  const part: MailPart = { type, params, headers, text: '', parts: [] };
  if (type.startsWith('multipart/') && params.boundary && depth < MAX_DEPTH) {
    const inner = type === 'multipart/digest' ? 'message/rfc822' : 'text/plain';
    for (const piece of splitAt(body, params.boundary)) {
      if (budget.left <= 0) break;
      part.parts.push(readPart(piece, inner, depth + 1, budget));
    }
    // A boundary that never comes: read what there is.
    if (part.parts.length === 0) part.text = decodeText(body, headers, params.charset);
    return part;
  }
  if (!/^(?:text|message|multipart)\//.test(type)) return part;
  part.text = decodeText(body, headers, params.charset);
  if (type === 'message/rfc822' && depth < MAX_DEPTH && budget.left > 0) {
    part.parts.push(readPart(part.text.replace(/^\n+/, ''), 'text/plain', depth + 1, budget));
  }
  return part;
}

export function parseHeaders(head: string): Headers {
  const fields: { name: string; value: string }[] = [];
  for (const line of head.split('\n')) {
    const field = /^([!-9;-~]{1,80})[ \t]*:[ \t]*(.*)$/.exec(line);
    if (field) fields.push({ name: field[1]!.toLowerCase(), value: field[2]! });
    else if (/^[ \t]/.test(line) && fields.length > 0) fields.at(-1)!.value += ` ${line.trim()}`;
  }
  return new Headers(
    fields.map(({ name, value }) => ({ name, value: decodeWords(value).trim().slice(0, 4000) })),
  );
}

function contentType(value: string): { type: string; params: Record<string, string> } {
  const type = /^\s*([\w.+-]+\/[\w.+-]+)/.exec(value)?.[1]?.toLowerCase() ?? 'text/plain';
  const params: Record<string, string> = {};
  for (const [, name, quoted, bare] of value.matchAll(
    /;\s*([\w-]+)\s*=\s*(?:"([^"]*)"|([^;\s]+))/g,
  )) {
    params[name!.toLowerCase()] = quoted ?? bare ?? '';
  }
  return { type, params };
}

function splitAt(body: string, boundary: string): string[] {
  const marker = `--${boundary}`;
  const pieces: string[] = [];
  let current: string[] | null = null;
  for (const line of body.split('\n')) {
    if (line.startsWith(marker) && /^(?:--)?\s*$/.test(line.slice(marker.length))) {
      if (current) pieces.push(current.join('\n'));
      if (line.slice(marker.length).startsWith('--')) return pieces;
      current = [];
    } else {
      current?.push(line);
    }
  }
  if (current) pieces.push(current.join('\n'));
  return pieces;
}

function decodeText(body: string, headers: Headers, charset: string | undefined): string {
  const encoding = (headers.get('content-transfer-encoding') ?? '').toLowerCase().trim();
  let bytes: Buffer;
  if (encoding === 'base64') {
    bytes = Buffer.from(body.replace(/[^A-Za-z0-9+/=]/g, ''), 'base64');
  } else if (encoding === 'quoted-printable') {
    bytes = Buffer.from(unquote(body), 'latin1');
  } else {
    bytes = Buffer.from(body, 'latin1');
  }
  return decodeBytes(bytes, charset).replace(/\r\n?/g, '\n');
}

function unquote(text: string): string {
  return text
    .replace(/[ \t]*=\n/g, '')
    .replace(/=([0-9A-Fa-f]{2})/g, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)));
}

/** By the named charset; without one, UTF-8 where the bytes are, else Latin. */
function decodeBytes(bytes: Buffer, charset: string | undefined): string {
  // Many reports are ISO-2022-JP without saying so: escape sequences are not text in anything else.
  const named = bytes.includes('\u001b$') ? 'iso-2022-jp' : charset;
  for (const label of [named, 'utf-8']) {
    if (!label || /^(?:us-)?ascii$/i.test(label)) continue;
    try {
      return new TextDecoder(label, { fatal: label === 'utf-8' }).decode(bytes);
    } catch {
      // An unknown label, or not UTF-8: the next one.
    }
  }
  return bytes.toString('latin1');
}

/** RFC 2047 encoded words, in whatever charset they are. */
function decodeWords(value: string): string {
  const joined = value.replace(/(\?=)\s+(?==\?)/g, '$1');
  const decoded = joined.replace(
    /=\?([\w-]+)(?:\*[\w-]+)?\?([bqBQ])\?([^?]*)\?=/g,
    (_, charset: string, kind: string, text: string) =>
      decodeBytes(
        kind.toLowerCase() === 'b'
          ? Buffer.from(text, 'base64')
          : Buffer.from(unquote(text.replaceAll('_', ' ')), 'latin1'),
        charset,
      ),
  );
  // What has wider characters was decoded already, as the part that it stands in.
  if (decoded !== value || /[^\0-\xff]/.test(value)) return decoded;
  return decodeBytes(Buffer.from(value, 'latin1'), undefined);
}
