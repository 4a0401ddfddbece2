import { XMLParser, XMLValidator } from 'fast-xml-parser';
import type { Piece } from '@/lib/sources/formats/input/text-input';
import { LONGEST_RECORD } from '@/lib/sources/formats/input/types';

/** One element of a document, parsed, or what is wrong with it. */
interface XmlElement {
  name: string;
  line: number;
  raw: string;
  /** `@name` is an attribute, `#text` text beside attributes. Null where `problem` says why. */
  value: XmlNode | null;
  problem: string | null;
}

type XmlValue = string | XmlNode | (string | XmlNode)[];
export interface XmlNode {
  [name: string]: XmlValue | undefined;
}

const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '@',
  removeNSPrefix: true,
  parseTagValue: false,
  parseAttributeValue: false,
  // Indentation says where a paragraph of an arXiv abstract begins.
  trimValues: false,
});

/** Roots whose missing end is reported. A single element may come without any of them. */
const ROOT = /<(?:[\w-]+:)?(feed|rss|RDF|OAI-PMH|ListRecords)(?=[\s>/])/;

/** Text outside of elements that may be the beginning of a tag is kept up to this length. */
const LONGEST_TAG = 500;

/**
 * Cuts the elements called one of `names` out of a document without holding it. What stands around
 * them may be broken or missing. An element that does not end is reported with the line where it began,
 * a document that does not end with its last line.
 */
export async function* xmlElements(
  pieces: AsyncIterable<Piece>,
  names: readonly string[],
): AsyncGenerator<XmlElement> {
  const opening = new RegExp(`<(?:[\\w-]+:)?(${names.join('|')})(?=[\\s>/])`);
  const document = new Surroundings();
  let outside = '';
  let line = 1;
  let lastLine = 1;
  let element: OpenElement | null = null;

  for await (const piece of pieces) {
    lastLine = piece.line;
    let rest: string | null = piece.ends ? `${piece.text}\n` : piece.text;
    while (rest !== null) {
      if (!element) {
        outside += rest;
        const match = opening.exec(outside);
        if (!match) {
          const lastTag = outside.lastIndexOf('<');
          const keeps = lastTag >= 0 && outside.length - lastTag < LONGEST_TAG;
          const gone = outside.slice(0, keeps ? lastTag : outside.length);
          document.pass(gone);
          line += lineBreaks(gone);
          outside = outside.slice(gone.length);
          break;
        }
        const gone = outside.slice(0, match.index);
        document.pass(gone);
        line += lineBreaks(gone);
        element = new OpenElement(match[1]!, line);
        rest = outside.slice(match.index);
        outside = '';
      }
      rest = element.add(rest);
      if (rest === null) {
        if (element.isTooLong()) {
          const problem = `a <${element.name}> longer than ${LONGEST_RECORD} characters`;
          yield broken(element.name, element.line, element.giveUp(), problem);
        }
        break;
      }
      line = element.endLine;
      if (!element.givenUp) yield parsed(element.name, element.raw(), element.line);
      element = null;
    }
  }
  document.pass(outside);
  if (element) {
    const problem = `the input ends inside a <${element.name}>`;
    if (!element.givenUp) yield broken(element.name, element.line, element.raw(), problem);
  } else if (document.missing !== null) {
    const problem = `the input ends here, before its </${document.missing}>`;
    yield broken(document.missing, lastLine, '', problem);
  }
}

/** What stands around the elements: whether the document has begun and ended. */
class Surroundings {
  /** The root that has begun and not ended. */
  missing: string | null = null;
  private ended: RegExp | null = null;

  pass(text: string): void {
    if (!this.ended) {
      const root = ROOT.exec(text)?.[1];
      if (root === undefined) return;
      this.missing = root;
      this.ended = new RegExp(`</(?:[\\w-]+:)?${root}\\s*>|<(?:[\\w-]+:)?${root}(?:\\s[^<>]*)?/>`);
    }
    if (this.ended.test(text)) this.missing = null;
  }
}

/** An element whose end has not come yet. Each part is searched once, however many there are. */
class OpenElement {
  endLine: number;
  givenUp = false;
  private readonly end: RegExp;
  private parts: string[] = [];
  private length = 0;
  /** The end tag may lie across two parts. */
  private tail = '';
  /** The opening tag as far as it has come; null once it is complete. */
  private tag: string | null = '';

  constructor(
    readonly name: string,
    readonly line: number,
  ) {
    this.endLine = line;
    this.end = new RegExp(`</(?:[\\w-]+:)?${name}\\s*>`);
  }

  /** Takes the text up to the element's end. Gives what follows it, or null while it goes on. */
  add(text: string): string | null {
    if (this.tag !== null) {
      const before = this.tag.length;
      this.tag += text;
      const empty = /^<[^<>]*\/>/.exec(this.tag);
      if (empty) return this.take(text, empty[0].length - before);
      if (/^<[^<>]*[<>]/.test(this.tag) || this.tag.length > LONGEST_TAG) this.tag = null;
    }
    const searched = this.tail + text;
    const end = this.end.exec(searched);
    if (end) return this.take(text, end.index + end[0].length - this.tail.length);
    this.take(text, text.length);
    this.tail = searched.slice(-100);
    return null;
  }

  private take(text: string, length: number): string {
    const taken = text.slice(0, length);
    this.length += length;
    this.endLine += lineBreaks(taken);
    if (!this.givenUp) this.parts.push(taken);
    return text.slice(length);
  }

  isTooLong(): boolean {
    return !this.givenUp && this.length > LONGEST_RECORD;
  }

  raw(): string {
    return this.parts.join('');
  }

  /** Gives what came so far; of the rest only the end is looked for. */
  giveUp(): string {
    const raw = this.raw();
    this.givenUp = true;
    this.parts = [];
    return raw;
  }
}

function lineBreaks(text: string): number {
  let count = 0;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) count++;
  return count;
}

function broken(name: string, line: number, raw: string, problem: string): XmlElement {
  return { name, line, raw, value: null, problem };
}

function parsed(name: string, raw: string, line: number): XmlElement {
  let text = raw;
  let valid = XMLValidator.validate(text);
  if (valid !== true && raw.includes('&')) {
    // A bare ampersand has only one meaning.
    text = raw.replace(/&(?!#?\w{1,32};)/g, '&amp;');
    valid = XMLValidator.validate(text);
  }
  if (valid !== true) {
    const problem = `not well-formed: ${valid.err.msg} (line ${line + valid.err.line - 1})`;
    return broken(name, line, raw, problem);
  }
  try {
    const root = Object.values(parser.parse(text) as XmlNode)[0];
    return { name, line, raw, value: asNode(root), problem: null };
  } catch (error) {
    return broken(name, line, raw, `not readable: ${(error as Error).message}`);
  }
}

function asNode(value: XmlValue | undefined): XmlNode {
  const first = Array.isArray(value) ? value[0] : value;
  return typeof first === 'object' ? first : { '#text': first };
}

/** All children of that name. */
export function children(node: XmlNode, name: string): XmlNode[] {
  const value = node[name];
  if (value === undefined) return [];
  return (Array.isArray(value) ? value : [value]).map((child) => asNode(child));
}

/** The text of the first child of that name, as written; undefined where it is missing or blank. */
export function childText(node: XmlNode, name: string): string | undefined {
  const text = children(node, name)[0]?.['#text'];
  return typeof text === 'string' && text.trim() !== '' ? text : undefined;
}

export function attribute(node: XmlNode, name: string): string | undefined {
  const value = node[`@${name}`];
  return typeof value === 'string' ? value : undefined;
}
