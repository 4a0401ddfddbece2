import { readUpTo } from './form';
import { problem } from './problem';

const MOST_BYTES = 64 * 1024;

/** A posted JSON object of reasonable size, or the answer that refuses it. No body is an empty one. */
export async function readJsonObject(
  request: Request,
  example: string,
  mostBytes = MOST_BYTES,
): Promise<Record<string, unknown> | Response> {
  const bytes = await readUpTo(request, mostBytes);
  if (!bytes) return problem(413, 'Too large', `Send at most ${mostBytes} bytes of JSON.`);
  if (bytes.length === 0) return {};
  try {
    const value: unknown = JSON.parse(Buffer.from(bytes).toString('utf8'));
    if (value !== null && typeof value === 'object' && !Array.isArray(value)) {
      return value as Record<string, unknown>;
    }
  } catch {
    // The same answer as to JSON of another shape.
  }
  return problem(400, 'Bad request', `Send a JSON object such as ${example}.`);
}
