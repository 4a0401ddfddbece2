/** A segment of an address; as sent where it is no encoding of anything: it then names nothing of ours. */
export function decodeSegment(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

/** The number of a row, without leading zeros and no larger than the database's integers; null of other texts. */
export function rowId(text: string): number | null {
  if (!/^[1-9]\d{0,9}$/.test(text)) return null;
  const id = Number(text);
  return id <= 2_147_483_647 ? id : null;
}
