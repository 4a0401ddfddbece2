import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { LONGEST_RECORD } from '@/lib/sources/reader';
import type { Piece } from '@/lib/sources/text-input';

/** One element of a document, parsed, or what is wrong with it. */
export interface XmlElement {
  name: string;
  line: number;
  raw: string;
  /** Attributes have the prefix `@`, text beside attributes is `#text`. Null where `problem` says why. */
  value: XmlNode | null;
  problem: string | null;
}

export type XmlValue = string | XmlNode | (string | XmlNode)[];
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

/**
 * Cuts the elements called one of `names` out of a document without holding it. Everything around them
 * may be broken or missing; an element that does not end is reported with where it began.
 */
export async function* xmlElements(
  pieces: AsyncIterable<Piece>,
  names: readonly string[],
): AsyncGenerator<XmlElement> {
  const opening = new RegExp(`<(?:[\\w-]+:)?(${names.join('|')})(?=[\\s>/])`);
  let buffer = '';
  let line = 1;
  let inside: { name: string; end: RegExp; searched: number } | null = null;
  let skipped = false;

  const drop = (characters: number): string => {
    const gone = buffer.slice(0, characters);
    buffer = buffer.slice(characters);
    for (let at = gone.indexOf('\n'); at >= 0; at = gone.indexOf('\n', at + 1)) line++;
    return gone;
  };

  for await (const piece of pieces) {
    buffer += piece.ends ? `${piece.text}\n` : piece.text;
    for (;;) {
      if (!inside) {
        const match = opening.exec(buffer);
        if (!match) {
          // A tag may still be incomplete at the end of the buffer.
          const lastTag = buffer.lastIndexOf('<');
          drop(lastTag >= 0 && buffer.length - lastTag < 200 ? lastTag : buffer.length);
          break;
        }
        drop(match.index);
        const name = match[1]!;
        inside = { name, end: new RegExp(`</(?:[\\w-]+:)?${name}\\s*>`, 'g'), searched: 0 };
        skipped = false;
      }
      const emptyTag = skipped ? null : /^<[^<>]*\/>/.exec(buffer);
      inside.end.lastIndex = Math.max(0, inside.searched - 100);
      const end = emptyTag ? null : inside.end.exec(buffer);
      if (!emptyTag && !end) {
        if (buffer.length > LONGEST_RECORD) {
          if (!skipped) {
            const problem = `a <${inside.name}> longer than ${LONGEST_RECORD} characters`;
            yield { name: inside.name, line, raw: buffer.slice(0, 4_000), value: null, problem };
          }
          skipped = true;
          drop(buffer.length - 100);
        }
        inside.searched = buffer.length;
        break;
      }
      const at = line;
      const raw = drop(emptyTag ? emptyTag[0].length : end!.index + end![0].length);
      if (!skipped) yield parsed(inside.name, raw, at);
      inside = null;
    }
  }
  if (inside && !skipped) {
    const problem = `the input ends inside a <${inside.name}>`;
    yield { name: inside.name, line, raw: buffer, value: null, problem };
  }
}

function parsed(name: string, raw: string, line: number): XmlElement {
  const valid = XMLValidator.validate(raw);
  if (valid !== true) {
    const problem = `not well-formed: ${valid.err.msg} (line ${line + valid.err.line - 1})`;
    return { name, line, raw, value: null, problem };
  }
  try {
    const root = Object.values(parser.parse(raw) as XmlNode)[0];
    return { name, line, raw, value: asNode(root), problem: null };
  } catch (error) {
    return { name, line, raw, value: null, problem: `not readable: ${(error as Error).message}` };
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

/** The text of the first child of that name, as written, or undefined when it is missing or blank. */
export function childText(node: XmlNode, name: string): string | undefined {
  const text = children(node, name)[0]?.['#text'];
  return typeof text === 'string' && text.trim() !== '' ? text : undefined;
}

export function attribute(node: XmlNode, name: string): string | undefined {
  const value = node[`@${name}`];
  return typeof value === 'string' ? value : undefined;
}
