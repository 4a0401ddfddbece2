import { Tokenizer } from 'htmlparser2';
import type { Piece } from '@/lib/sources/formats/input/text-input';

/** Characters of a web page that are read. Saved pages have up to five million. */
const LONGEST_PAGE = 16_000_000;

const UNSHOWN = new Set([
  'head',
  'script',
  'style',
  'svg',
  'noscript',
  'template',
  'select',
  'iframe',
  'math',
  'title',
]);
/** Elements that begin and end with a line. */
const LINES =
  'div|dd|dt|li|tr|button|label|option|figcaption|address|td|th|summary|time|footer|header|nav';
const PARAGRAPHS =
  'p|h1|h2|h3|h4|h5|h6|article|section|main|ul|ol|dl|table|blockquote|pre|form|hr|aside|figure|details|body';
const LINE = new Set(LINES.split('|'));
const PARAGRAPH = new Set(PARAGRAPHS.split('|'));

export function looksLikeHtml(text: string): boolean {
  return /^\s*(?:<!--[^>]{0,500}-->\s*)?(?:<!doctype html|<(?:html|head|body|main|article|section|div|dl)[\s>])/i.test(
    text,
  );
}

/** A web page as text, an element a line, with the marks of Markdown for headings, items and links. */
export async function* htmlPieces(pieces: AsyncIterable<Piece>): AsyncGenerator<Piece> {
  const parts: string[] = [];
  let length = 0;
  for await (const { text, ends } of pieces) {
    if (length > LONGEST_PAGE) continue;
    parts.push(text, ends ? '\n' : '');
    length += text.length + 1;
  }
  let number = 0;
  for (const text of linesOf(parts.join(''))) yield { text, line: ++number, ends: true };
}

/**
 * Only the tokens are used: finding the element that an end tag closes takes quadratic time where
 * hostile markup opens a hundred thousand of them.
 */
function linesOf(html: string): string[] {
  const page = new PageText();
  let tag = '';
  let attribute = '';
  let href: string[] | null = null;
  const open = () => page.open(tag, href?.join('') ?? null);
  const tokenizer = new Tokenizer(
    { decodeEntities: true },
    {
      onopentagname(start, end) {
        tag = html.slice(start, end).toLowerCase();
        href = null;
      },
      onattribname(start, end) {
        attribute = html.slice(start, end).toLowerCase();
        if (tag === 'a' && attribute === 'href') href ??= [];
      },
      onattribdata(start, end) {
        if (tag === 'a' && attribute === 'href') href?.push(html.slice(start, end));
      },
      onattribentity(code) {
        if (tag === 'a' && attribute === 'href') href?.push(String.fromCodePoint(code));
      },
      onattribend() {},
      onopentagend: open,
      onselfclosingtag() {
        open();
        page.close(tag);
      },
      onclosetag: (start, end) => page.close(html.slice(start, end).toLowerCase()),
      ontext: (start, end) => page.add(html.slice(start, end)),
      ontextentity: (code) => page.add(String.fromCodePoint(code)),
      oncdata() {},
      oncomment() {},
      ondeclaration() {},
      onprocessinginstruction() {},
      onend() {},
    },
  );
  tokenizer.write(html);
  tokenizer.end();
  return page.end();
}

class PageText {
  private readonly lines: string[] = [];
  /** Of the line that is being read, each with what it leads to. */
  private parts: { text: string[]; href: string | null }[] = [];
  private href: string | null = null;
  private heading = 0;
  private item = false;
  private unshown: string | null = null;
  private depth = 0;

  open(tag: string, href: string | null): void {
    if (this.unshown !== null) {
      if (tag === this.unshown) this.depth++;
      // A head may lack its end.
      if (this.unshown !== 'head' || tag !== 'body') return;
      this.unshown = null;
    }
    if (UNSHOWN.has(tag)) {
      this.unshown = tag;
      this.depth = 1;
      return;
    }
    this.border(tag);
    if (tag === 'a') this.href = href;
    if (tag === 'li') this.item = true;
    if (/^h[1-6]$/.test(tag)) this.heading = Number(tag[1]);
  }

  close(tag: string): void {
    if (this.unshown !== null) {
      if (tag === this.unshown && --this.depth === 0) this.unshown = null;
      return;
    }
    this.border(tag);
    if (tag === 'a') this.href = null;
    if (/^h[1-6]$/.test(tag)) this.heading = 0;
  }

  add(text: string): void {
    if (this.unshown !== null) return;
    const last = this.parts.at(-1);
    if (last && last.href === this.href) last.text.push(text);
    // Links that touch are set apart by their style.
    else if (last?.href && this.href) this.parts.push({ text: [' ', text], href: this.href });
    else this.parts.push({ text: [text], href: this.href });
  }

  end(): string[] {
    this.flush();
    return this.lines;
  }

  private border(tag: string): void {
    if (tag === 'br' || LINE.has(tag)) this.flush();
    if (PARAGRAPH.has(tag)) {
      this.flush();
      if (this.lines.at(-1) !== '') this.lines.push('');
    }
  }

  private flush(): void {
    const line = this.parts
      .map(({ text, href }) => marked(text.join('').replace(/\s+/g, ' '), href))
      .join('')
      .trim();
    this.parts = [];
    if (line === '') return;
    const mark = this.heading > 0 ? `${'#'.repeat(this.heading)} ` : this.item ? '- ' : '';
    this.lines.push(mark + line);
    this.item = false;
  }
}

function marked(text: string, href: string | null): string {
  if (href === null || text.trim() === '') return text;
  const label = text.trim().replace(/\[/g, '(').replace(/\]/g, ')');
  const address = href.trim().replace(/[()\s]/g, (sign) => encodeURIComponent(sign));
  return `${text.startsWith(' ') ? ' ' : ''}[${label}](${address})${text.endsWith(' ') ? ' ' : ''}`;
}
