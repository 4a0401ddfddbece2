/** A segment of an address; as sent where it is no encoding of anything: it then names nothing of ours. */
export function decodeSegment(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
