import PostalMime from 'postal-mime';
import { peekBytes } from '@/lib/sources/formats/input/text-input';

/** Bytes of a mail that are read. */
const LONGEST_MAIL = 16_000_000;
const HEADERS_LENGTH = 16_384;

/** The text of a mail, or the web page in it where it has no text; any other bytes as they are. */
export async function* withoutMailHeaders(
  bytes: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  const { head, all } = await peekBytes(bytes, HEADERS_LENGTH);
  if (!looksLikeMailHeaders(Buffer.from(head).toString('latin1'))) {
    yield* all;
    return;
  }
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of all) {
    if (length < LONGEST_MAIL) parts.push(part);
    length += part.length;
  }
  const mail = Buffer.concat(parts);
  const source = mail.subarray(mail.length - mail.toString('latin1').trimStart().length);
  const { text = '', html = '' } = await PostalMime.parse(source).catch(() => ({}) as MailTexts);
  yield text.trim() === '' && html.trim() !== '' ? Buffer.from(html) : Buffer.from(text);
}

interface MailTexts {
  text?: string;
  html?: string;
}

/** A sender and another of a mail's header fields, and nothing else, up to the first empty line. */
function looksLikeMailHeaders(head: string): boolean {
  const lines = head.trimStart().split(/\r?\n/);
  if (/^From \S+/.test(lines[0]!)) lines.shift();
  const end = lines.indexOf('');
  const fields = (end < 0 ? lines.slice(0, -1) : lines.slice(0, end)).filter(
    (line) => !/^[ \t]/.test(line),
  );
  const names = new Set(fields.map((line) => /^([\w-]+)[ \t]*:/.exec(line)?.[1]?.toLowerCase()));
  if (names.has(undefined) || !names.has('from')) return false;
  return ['to', 'subject', 'date', 'received', 'message-id', 'mime-version'].some((name) =>
    names.has(name),
  );
}
