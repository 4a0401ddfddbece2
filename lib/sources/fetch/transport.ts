import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { isoMinute } from '@/lib/calendar/day-names';
import type { Db } from '@/lib/db/sql';
import { hostRule } from '@/lib/sources/fetch/etiquette';
import {
  claimSlot,
  type HostRule,
  pauseHost,
  releaseSlot,
} from '@/lib/sources/fetch/host-slot-store';
import { type Response, request, type Slot } from '@/lib/sources/fetch/request';
import { RequestError } from '@/lib/sources/fetch/request-error';
import {
  backoff,
  isTemporary,
  LONGEST_WORTH_WAITING_MS,
  MOST_ATTEMPTS,
  waitAsked,
} from '@/lib/sources/fetch/retry';
import { saveValidators, validatorsOf } from '@/lib/sources/fetch/validator-store';

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

/** The value is null where the page has not changed. Call `remember` once the value is stored. */
interface Got<T> {
  value: T | null;
  remember: () => Promise<void>;
}

export interface TransportSettings {
  db: Db;
  /** Says who asks: name, address and the operator's contact. */
  userAgent: string;
  /** When everything ends with `OutOfTime`. */
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

/** The host asked to be left alone for longer than a call of a job waits. */
export class HostPaused extends RequestError {
  override name = 'HostPaused';
  readonly until: Date;
  constructor(host: string, milliseconds: number) {
    const until = new Date(Date.now() + milliseconds);
    super(`${host} asks not to be asked before ${isoMinute(until)} UTC`, false, milliseconds);
    this.until = until;
  }
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
    for (let attempt = 1; ; attempt++) {
      try {
        return await once(url, options, consume);
      } catch (error) {
        if (!(error instanceof RequestError) || !error.temporary) throw error;
        if (timeLeft() <= 0) throw new OutOfTime(error.message);
        if (attempt >= MOST_ATTEMPTS) {
          throw new RequestError(`${error.message} (${attempt} attempts)`, true);
        }
        await pause(Math.max(backoffMs(attempt), error.askedMs));
      }
    }
  }

  function timeLeft(): number {
    return settings.deadline ? settings.deadline.getTime() - Date.now() : Number.POSITIVE_INFINITY;
  }

  /** Waiting beyond the deadline is left to the next call. */
  async function pause(milliseconds: number): Promise<void> {
    if (milliseconds >= timeLeft()) {
      throw new OutOfTime(`no time to wait another ${Math.round(milliseconds / 1000)} s`);
    }
    await sleep(milliseconds, undefined, { signal: settings.signal });
  }

  /** Waits for a slot at the host, which lasts no longer than the deadline. */
  async function takeSlot(url: URL, longestMs: number): Promise<Slot> {
    const rule = ruleFor(url.hostname);
    const owner = randomUUID();
    for (;;) {
      await pause(0);
      const totalMs = Math.min(longestMs, timeLeft());
      const claim = await claimSlot(db, rule, owner, totalMs + 5_000);
      if ('slot' in claim) {
        const end = () => releaseSlot(db, rule.key, claim.slot, owner, rule.delayMs);
        return { totalMs, end };
      }
      if (claim.restMs > LONGEST_WORTH_WAITING_MS) throw new HostPaused(rule.key, claim.restMs);
      if (claim.restMs >= timeLeft()) await pause(claim.restMs);
      // A slot may be freed before its lease ends.
      if (claim.waitMs > 0) await pause(Math.min(claim.waitMs, LONGEST_POLL_MS));
    }
  }

  async function once<T>(
    url: string,
    options: GetOptions,
    consume: (response: Response) => Promise<T>,
  ): Promise<Got<T>> {
    const known = options.ifChanged ? await validatorsOf(db, url) : null;
    return request(
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
        slot: (at) => takeSlot(at, options.totalMs ?? TOTAL_MS),
        allowPrivate: settings.allowPrivate ?? false,
      },
      async (response) => {
        const wait = await heed(response);
        if (response.status === 304) return { value: null, remember: async () => {} };
        if (response.status < 200 || response.status > 299) throw refusal(response, wait);
        const validators = {
          etag: response.headers.etag ?? null,
          lastModified: response.headers['last-modified'] ?? null,
        };
        return {
          value: await consume(response),
          remember: () => saveValidators(db, url, validators),
        };
      },
    );
  }

  /** Leaves the host alone for as long as it asks, whatever the status of its answer. */
  async function heed({ headers, url }: Response): Promise<number> {
    const wait = waitAsked(headers, new Date());
    if (wait !== null) await pauseHost(db, ruleFor(new URL(url).hostname).key, wait);
    return wait ?? 0;
  }

  function refusal({ status, headers, url }: Response, wait: number): RequestError {
    const { host } = new URL(url);
    const temporary = isTemporary(status, headers);
    if (temporary && wait > LONGEST_WORTH_WAITING_MS) return new HostPaused(host, wait);
    return new RequestError(`${host} answered ${status}`, temporary, wait);
  }

  return { get };
}
