import type { View } from './filters';

/**
 * Where a page ends: the generation that the walk began in, its order, and the sort keys of the page's last
 * paper (numbers; moments as milliseconds; the id last).
 */
export interface Cursor {
  generation: number;
  order: View;
  keys: number[];
}

/** How many sort keys an order has, the id included. */
const KEYS: Record<View, number> = { trending: 2, new: 3, top: 3 };
/** The orders that a view may be in. */
const ORDERS: Record<View, readonly View[]> = {
  trending: ['trending', 'top'],
  new: ['new'],
  top: ['top'],
};

/** Opaque, and safe in an address. */
export function writeCursor({ generation, keys }: Omit<Cursor, 'order'>): string {
  return Buffer.from([generation, ...keys].join('~')).toString('base64url');
}

/** Null where it is not a cursor that this view wrote. */
export function readCursor(text: string, view: View): Cursor | null {
  const parts = Buffer.from(text, 'base64url').toString('latin1').split('~');
  const numbers = parts.map((part) => (/^-?\d+(\.\d+)?(e[+-]?\d+)?$/.test(part) ? +part : NaN));
  const [generation, ...keys] = numbers;
  const id = keys.at(-1);
  const order = ORDERS[view].find((each) => KEYS[each] === keys.length);
  if (!order || !numbers.every(Number.isFinite)) return null;
  if (!isInt4(generation) || !isInt4(id)) return null;
  // An impossible moment would become an error of the database, not of the reader.
  if (view === 'new' && !(Math.abs(keys[0]!) < 8e15)) return null;
  return { generation, order, keys };
}

function isInt4(value: number | undefined): value is number {
  return Number.isInteger(value) && value! >= 0 && value! < 2 ** 31;
}
