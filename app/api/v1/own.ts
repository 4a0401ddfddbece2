import type { z } from 'zod';
import { badParameter, readParameters } from '@/lib/api/parameters';
import { getDb } from '@/lib/db/client';
import type { ModelDb } from '@/lib/db/sql';
import { BadCursor } from '@/lib/feed/query';
import { clientAddress } from '@/lib/http/client-address.mjs';
import { readJsonObject } from '@/lib/http/json-body';
import { problem } from '@/lib/http/problem';
import { allow } from '@/lib/http/rate-limit';
import { parsePaperAddress } from '@/lib/papers/paper-address';
import { findByArxivId } from '@/lib/papers/store';
import type { Actor } from '@/lib/readers/actor';
import { networkKey } from '@/lib/readers/network-key';
import { refused, tokenActor } from '@/lib/readers/request-actor';
import { env } from '@/lib/runtime/env';

/** What the API's routes for a reader's own have in common: a token, a limit, and answers that no cache keeps. */

const WRITES = { limit: 3_000, windowSeconds: 3_600 };

export interface OwnRequest {
  request: Request;
  db: ModelDb;
  actor: Actor;
  now: Date;
  /** Of the network that it comes from. */
  network: string;
}

/** Runs `work` as the sender of the request; what they may not do is refused. */
export async function own(
  request: Request,
  work: (own: OwnRequest) => Promise<Response>,
): Promise<Response> {
  const { secret, trustProxy } = env();
  const db = getDb();
  const now = new Date();
  const actor = await tokenActor(db, request.headers, now);
  const network = networkKey(clientAddress(request.headers, trustProxy), secret);
  try {
    if (request.method !== 'GET' && actor.kind === 'token') {
      if (!(await allow(db, `own:${actor.readerId}`, WRITES, now))) {
        return problem(429, 'Too many requests', 'Too many changes. Try again in an hour.', {
          headers: { 'retry-after': '3600' },
        });
      }
    }
    return await work({ request, db, actor, now, network });
  } catch (error) {
    if (error instanceof BadCursor) {
      return badParameter('after', 'must be the `next` of a page with the same other parameters');
    }
    return refused(error);
  }
}

/** Nothing personal in a shared cache, nor in the browser's. */
export function ownJson(body: unknown, status = 200): Response {
  return Response.json(body, { status, headers: { 'cache-control': 'no-store' } });
}

export function done(): Response {
  return new Response(null, { status: 204, headers: { 'cache-control': 'no-store' } });
}

export const noSuchPaper = () => problem(404, 'Not found', 'There is no such paper here.');

/** The id of the paper in an address; null where it is none. */
export async function paperIdOf(db: ModelDb, text: string): Promise<number | null> {
  const address = parsePaperAddress(text);
  if (!address) return null;
  return 'id' in address ? address.id : findByArxivId(db, address.arxivId);
}

/** The body by its schema, or the answer that names what does not fit. */
export async function readBody<S extends z.ZodObject>(
  request: Request,
  schema: S,
  example: string,
  mostBytes?: number,
): Promise<{ values: z.output<S> } | { refused: Response }> {
  const body = await readJsonObject(request, example, mostBytes);
  if (body instanceof Response) return { refused: body };
  const parsed = schema.safeParse(body);
  if (parsed.success) return { values: parsed.data };
  const issue = parsed.error.issues[0]!;
  if (issue.code === 'unrecognized_keys') {
    const known = Object.keys(schema.shape).join(', ');
    return { refused: badParameter(issue.keys[0]!, `is not known here; known are ${known}`) };
  }
  return { refused: badParameter(String(issue.path[0] ?? ''), issue.message) };
}

export const readQuery = <S extends z.ZodObject>(request: Request, schema: S) =>
  readParameters(schema, new URL(request.url).searchParams);
