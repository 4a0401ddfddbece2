const SLOTS = 1 << 16;
/** Half full at most, so that few places have to be looked at. */
const MOST = SLOTS / 2;
/** Places that are looked at for one part, even where hostile texts filled them. */
const PROBES = 12;
/** Longer parts are rare, and would be kept for nothing. */
const LONGEST = 64;

/**
 * `ask` about the part [start, end) of a text, remembered for the parts that come first: these are the
 * frequent ones. A known part is found without cutting it out of the text.
 */
export function memoize<T>(
  ask: (part: string) => T,
): (text: string, start: number, end: number) => T {
  const slots = new Array<{ part: string; value: T } | undefined>(SLOTS).fill(undefined);
  let size = 0;
  return (text, start, end) => {
    const length = end - start;
    if (length > LONGEST) return ask(text.slice(start, end));
    let hash = length;
    for (let i = start; i < end; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
    hash ^= hash >>> 15;
    for (let probe = 0; probe < PROBES; probe++) {
      const slot = (hash + probe) & (SLOTS - 1);
      const known = slots[slot];
      if (known === undefined) {
        const part = text.slice(start, end);
        if (size >= MOST) return ask(part);
        const kept = copy(part);
        const value = ask(kept);
        slots[slot] = { part: kept, value };
        size += 1;
        return value;
      }
      if (known.part.length === length && text.startsWith(known.part, start)) return known.value;
    }
    return ask(text.slice(start, end));
  };
}

/** A slice keeps the whole text that it was cut from in memory. */
function copy(slice: string): string {
  const encoding = /^[\0-\xff]*$/.test(slice) ? 'latin1' : 'utf16le';
  return Buffer.from(slice, encoding).toString(encoding);
}
