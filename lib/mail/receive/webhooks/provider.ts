import { DAY_MS } from '@/lib/calendar/days';
import type { IncomingMail } from '../incoming';

/** What a mail service posted. The text is what was signed: it is parsed only after that was checked. */
export interface WebhookPost {
  headers: Headers;
  text: string;
}

export interface WebhookContext {
  /** What the service's signatures are checked with: a key, a password, or the topic's name. */
  secret: string;
  now: Date;
  fetch: typeof fetch;
}

/** One event of a post; `key` names it, so that a post that is repeated counts once. */
export interface WebhookEvent {
  key: string;
  mail: IncomingMail;
}

/** A service's server, which we need to ask, does not answer: whether a post is genuine is not known. */
export class ServiceUnavailable extends Error {
  override name = 'ServiceUnavailable';
}

/** A mail service that reports bounces and complaints by HTTP. */
export interface WebhookProvider {
  /** Whether the post comes from the service, for us, and not long ago. */
  verify(post: WebhookPost, context: WebhookContext): Promise<boolean>;
  /** What a verified post reports; what is neither bounce nor complaint is left out. */
  read(json: unknown): WebhookEvent[];
  /**
   * What the service signs in place of the post, made anew for each: with it seen once, anybody could
   * have us believe another post.
   */
  token?(json: unknown): string;
  /** The service asks us to confirm that we want its posts, by a request of ours. */
  confirm?(json: unknown, context: WebhookContext): Promise<boolean>;
}

/** Services repeat a post for hours when it fails, but sign each attempt or the first one only. */
const MAX_AGE_SECONDS = DAY_MS / 1000;

/** @param timestamp in seconds, as text */
export function isRecent(timestamp: string | null, now: Date): boolean {
  const age = now.getTime() / 1000 - Number(timestamp);
  return timestamp !== null && age > -300 && age < MAX_AGE_SECONDS;
}

/** A Message-ID without its brackets. */
export function bareId(id: string | undefined): string | null {
  return id?.replace(/^<|>$/g, '') || null;
}

/** Null where the text is not JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
