import { problem } from './problem';
import { sameOrigin } from './same-origin';
import { LONGEST_TOKEN } from './token-length.mjs';

const MOST_BYTES = 64 * 1024;

/** A form that a page of ours posted, or the answer that refuses it. */
export async function readOwnForm(request: Request, siteUrl: string): Promise<FormData | Response> {
  return foreign(request, siteUrl) ?? readForm(request);
}

/** The answer to a form that no page of ours posted. */
export function foreign(request: Request, siteUrl: string): Response | null {
  if (sameOrigin(request, siteUrl)) return null;
  return problem(403, 'Forbidden', 'This form can only be sent from this site’s own pages.');
}

/** A posted form, urlencoded or multipart, of reasonable size, as is the token in it. */
export async function readForm(
  request: Request,
  mostBytes = MOST_BYTES,
): Promise<FormData | Response> {
  const bytes = await readUpTo(request, mostBytes);
  if (!bytes) return problem(413, 'Too large', `A form may have at most ${mostBytes} bytes.`);
  const type = request.headers.get('content-type') ?? '';
  try {
    const form = await new Response(bytes, { headers: { 'content-type': type } }).formData();
    if (field(form, 'token').length <= LONGEST_TOKEN) return form;
    return problem(400, 'Bad request', 'This link is not one of ours: its token is too long.');
  } catch {
    return problem(415, 'Not a form', 'Send the form urlencoded or as multipart/form-data.');
  }
}

/** The body, or null where it is larger. */
export async function readUpTo(
  request: Request,
  most: number,
): Promise<Uint8Array<ArrayBuffer> | null> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of request.body ?? []) {
    size += chunk.length;
    if (size > most) return null;
    chunks.push(chunk);
  }
  return new Uint8Array(Buffer.concat(chunks));
}

/** Sends the browser on to a page after a form was taken in. */
export function seeOther(path: string, headers: Record<string, string> = {}): Response {
  return new Response(null, {
    status: 303,
    headers: { location: path, 'cache-control': 'no-store', ...headers },
  });
}

/** One text field; absent and file fields are empty. */
export function field(form: FormData, name: string): string {
  const value = form.get(name);
  return typeof value === 'string' ? value : '';
}

export function fields(form: FormData, name: string): string[] {
  return form.getAll(name).filter((value) => typeof value === 'string');
}

/** Takes at least so long, whatever the work was: how long an answer took must tell nothing. */
export async function evenly<T>(milliseconds: number, work: Promise<T>): Promise<T> {
  const [result] = await Promise.all([
    work,
    new Promise((resolve) => setTimeout(resolve, milliseconds)),
  ]);
  return result;
}
