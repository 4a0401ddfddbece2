import { oneLine, quotedPrintable } from '@/lib/mail/wire/encode';
import type { EncodedTemplate } from './types';

/** Private-use characters, which `words` and `escapeHtml` let nobody else bring in. */
const OPEN = '\ue000';
const CLOSE = '\ue001';

/** A place in a template that is filled for each reader. Names ending in `Url` take addresses. */
export function slot(name: string): string {
  return OPEN + name + CLOSE;
}

export function encodeTemplate(source: string): EncodedTemplate {
  const parts = source.split(/\ue000(\w+)\ue001/);
  const pieces = parts.filter((_, i) => i % 2 === 0);
  return {
    pieces: pieces.map(quotedPrintable),
    slots: parts.filter((_, i) => i % 2 === 1),
    size: pieces.reduce((sum, piece) => sum + Buffer.byteLength(piece), 0),
  };
}

/** A value that was escaped for its place: its transfer encoding, and its bytes before that. */
export interface SlotValue {
  encoded: string;
  size: number;
}

export type SlotValues = Record<string, SlotValue>;

export function slotValue(escaped: string): SlotValue {
  return { encoded: quotedPrintable(escaped), size: Buffer.byteLength(escaped) };
}

/** The template with the values in its slots. */
export function fill({ pieces, slots }: EncodedTemplate, values: SlotValues): string {
  let out = pieces[0]!;
  for (let i = 0; i < slots.length; i++) out += values[slots[i]!]!.encoded + pieces[i + 1]!;
  return out;
}

/** Bytes of the filled template before transfer encoding. */
export function filledSize({ slots, size }: EncodedTemplate, values: SlotValues): number {
  return slots.reduce((sum, name) => sum + (values[name]?.size ?? 0), size);
}

const ENTITIES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (char) => ENTITIES[char]!);
}

/** Text for a slot: one line, no controls, no marks of slots. */
export function plain(text: string): string {
  return oneLine(text.replace(/\p{Co}/gu, ' '));
}

/** @throws TypeError for anything but an http or https URL in ASCII */
export function linkUrl(url: string): string {
  if (!/^https?:\/\/[!-~]+$/.test(url) || /["'<>\\]/.test(url)) {
    throw new TypeError(`not a URL for a mail: ${JSON.stringify(url)}`);
  }
  return url;
}
