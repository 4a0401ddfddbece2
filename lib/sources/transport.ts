import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Db, sql } from '@/lib/db/sql';
import { RequestError, type Response, request } from '@/lib/sources/request';
import { backoff, isTemporary, MOST_ATTEMPTS, waitAsked } from '@/lib/sources/retry';
import { claimSlot, type HostRule, pauseHost, releaseSlot } from '@/lib/sources/slots';

/** The one way to the outside: polite, patient and bounded. */
export interface Transport {
  get<T>(
    url: string,
    options: GetOptions,
    consume: (response: Response) => Promise<T>,
  ): Promise<Got<T>>;
}

export interface GetOptions {
  method?: 'GET' | 'POST';
  body?: string;
  headers?: Record<string, string>;
  /** Asks for the page only if it changed since `remember` was called. */
  ifChanged?: boolean;
  /** Default 32 MiB. */
  maxBytes?: number;
  /** Default 2 minutes. */
  totalMs?: number;
}

/** Null value: not changed. Call `remember` when what was got is stored, not before. */
export interface Got<T> {
  value: T | null;
  remember: () => Promise<void>;
}

export interface TransportSettings {
  db: Db;
  /** Says who asks: name, address and the operator's contact. */
  userAgent: string;
  /** After this moment nothing new is begun: `OutOfTime`. */
  deadline?: Date;
  allowPrivate?: boolean;
  ruleFor?: (host: string) => HostRule;
  idleMs?: number;
  /** Milliseconds before the attempt after this one. */
  backoffMs?: (attempt: number) => number;
  signal?: AbortSignal;
}

/** The time budget is used up; the next call goes on. */
export class OutOfTime extends Error {
  override name = 'OutOfTime';
}

const MAX_BYTES = 32 << 20;
const TOTAL_MS = 120_000;
const IDLE_MS = 30_000;
const LONGEST_POLL_MS = 1_000;

export function createTransport(settings: TransportSettings): Transport {
  const { db, ruleFor = hostRule } = settings;
  const backoffMs = settings.backoffMs ?? ((attempt) => backoff(attempt, Math.random()));

  async function get<T>(
    url: string,
    options: GetOptions,
    consume: (response: Response) => Promise<T>,
  ): Promise<Got<T>> {
    const rule = ruleFor(new URL(url).hostname);
    for (let attempt = 1; ; attempt++) {
      try {
        return await once(url, options, rule, consume);
      } catch (error) {
        if (!(error instanceof RequestError) || !error.temporary) throw error;
        if (attempt >= MOST_ATTEMPTS) {
          throw new RequestError(`${error.message} (${attempt} attempts)`, true);
        }
        await pause(Math.max(backoffMs(attempt), asked.get(error) ?? 0));
      }
    }
  }

  /** Waiting beyond the deadline is left to the next call. */
  async function pause(milliseconds: number): Promise<void> {
    if (settings.deadline && Date.now() + milliseconds > settings.deadline.getTime()) {
      throw new OutOfTime(`no time to wait another ${Math.round(milliseconds / 1000)} s`);
    }
    await sleep(milliseconds, undefined, { signal: settings.signal });
  }

  async function turn(rule: HostRule, owner: string, leaseMs: number): Promise<number> {
    for (;;) {
      await pause(0);
      const claim = await claimSlot(db, rule, owner, leaseMs);
      if ('slot' in claim) return claim.slot;
      // Turns may end earlier than their lease says, so look again now and then.
      if (claim.waitMs > 0) await pause(Math.min(claim.waitMs, LONGEST_POLL_MS));
    }
  }

  async function once<T>(
    url: string,
    options: GetOptions,
    rule: HostRule,
    consume: (response: Response) => Promise<T>,
  ): Promise<Got<T>> {
    const owner = randomUUID();
    const totalMs = options.totalMs ?? TOTAL_MS;
    const known = options.ifChanged ? await seenBefore(db, url) : null;
    const slot = await turn(rule, owner, totalMs + 5_000);
    try {
      return await request(
        url,
        {
          method: options.method ?? 'GET',
          headers: {
            'user-agent': settings.userAgent,
            ...(known?.etag && { 'if-none-match': known.etag }),
            ...(known?.lastModified && { 'if-modified-since': known.lastModified }),
            ...options.headers,
          },
          body: options.body,
          maxBytes: options.maxBytes ?? MAX_BYTES,
          idleMs: settings.idleMs ?? IDLE_MS,
          totalMs,
          allowPrivate: settings.allowPrivate ?? false,
        },
        async (response) => {
          if (response.status === 304) return { value: null, remember: async () => {} };
          if (response.status < 200 || response.status > 299) throw await refusal(response, rule);
          return { value: await consume(response), remember: () => remember(url, response) };
        },
      );
    } finally {
      await releaseSlot(db, rule.key, slot, owner, rule.delayMs);
    }
  }

  async function refusal(response: Response, rule: HostRule): Promise<RequestError> {
    const { status, headers } = response;
    const wait = waitAsked(headers, new Date());
    // Everybody else would only be told the same.
    if (wait !== null) await pauseHost(db, rule.key, wait);
    const error = new RequestError(
      `${new URL(response.url).host} answered ${status}`,
      isTemporary(status, headers),
    );
    if (wait !== null) asked.set(error, wait);
    return error;
  }

  async function remember(url: string, { headers }: Response): Promise<void> {
    const etag = headers.etag ?? null;
    const lastModified = headers['last-modified'] ?? null;
    await db.$executeRaw(sql`
      insert into fetched_page (url, etag, last_modified, fetched_at)
      values (${url}, ${etag}, ${lastModified}, ${new Date()})
      on conflict (url) do update set etag = excluded.etag,
        last_modified = excluded.last_modified, fetched_at = excluded.fetched_at`);
  }

  return { get };
}

/** By what a page can be asked for only if it changed. */
async function seenBefore(db: Db, url: string) {
  const rows = await db.$queryRaw<{ etag: string | null; lastModified: string | null }[]>(sql`
    select etag, last_modified as "lastModified" from fetched_page where url = ${url}`);
  return rows[0] ?? null;
}

/** How long the server that caused an error asked to wait. */
const asked = new WeakMap<RequestError, number>();

/** The whole answer as bytes. */
export async function wholeBody({ body }: Response): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of body) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** What each host allows. */
export function hostRule(host: string): HostRule {
  if (/(?:^|\.)arxiv\.org$/.test(host)) return { key: 'arxiv.org', delayMs: 3_000, concurrency: 1 };
  // 500 requests in 5 minutes.
  if (/(?:^|\.)huggingface\.co$/.test(host)) return { key: host, delayMs: 700, concurrency: 1 };
  if (host === 'api.semanticscholar.org') return { key: host, delayMs: 1_100, concurrency: 1 };
  if (host === 'api.github.com') return { key: host, delayMs: 200, concurrency: 1 };
  return { key: host, delayMs: 1_000, concurrency: 2 };
}

/** A name for the other side's log, and whom to write to. */
export function userAgentFor({
  siteUrl,
  contactEmail,
}: {
  siteUrl: string;
  contactEmail: string | null;
}) {
  const contact = contactEmail ? `; mailto:${contactEmail}` : '';
  return `Broadsheet/0.1 (+${siteUrl}${contact})`;
}
