import { splitAtSlots } from '@/emails/slots';
import { quotedPrintable } from './encode';

/** A template in quoted-printable: a named slot stands between each two pieces. All ASCII. */
export interface EncodedTemplate {
  pieces: string[];
  slots: string[];
  /** Bytes of all pieces before transfer encoding. */
  size: number;
}

export function encodeTemplate(template: string): EncodedTemplate {
  const { pieces, slots } = splitAtSlots(template);
  return {
    pieces: pieces.map(quotedPrintable),
    slots,
    size: pieces.reduce((sum, piece) => sum + Buffer.byteLength(piece), 0),
  };
}

/** What goes into a slot: its transfer encoding, and its bytes before that. */
interface SlotValue {
  encoded: string;
  size: number;
}

export type SlotValues = Record<string, SlotValue>;

/** @param escaped fit for the part that it goes into */
export function slotValue(escaped: string): SlotValue {
  return { encoded: quotedPrintable(escaped), size: Buffer.byteLength(escaped) };
}

/** What was put together from encoded pieces; its size is counted where they were. */
export function encodedValue(encoded: string): SlotValue {
  return { encoded, size: 0 };
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
