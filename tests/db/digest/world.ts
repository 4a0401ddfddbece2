import type { AddressInfo } from 'node:net';
import { type ParsedMail, simpleParser } from 'mailparser';
import { SMTPServer } from 'smtp-server';
import type { ModelDb } from '@/lib/db/sql';
import { type DigestTools, type RunOptions, runDigest } from '@/lib/digest/run';
import { createMailer } from '@/lib/mail/send/create-mailer';
import { mailSender } from '@/lib/mail/wire/sender';
import { addressHash } from '@/lib/subscribers/email-address';
import { oneByOne } from '@/lib/subscribers/follow';
import { addFollows } from '@/lib/subscribers/follow-store';
import { DEFAULT_PREFERENCES, type Preferences } from '@/lib/subscribers/preferences';
import { subscriptionColumns } from '@/lib/subscribers/subscription-store';

export const SECRET = 'a secret for tests, long enough';
export const SITE = 'https://papers.example.org';

/** What the sink does with a recipient's message. */
type Behaviour =
  | { at: 'rcpt' | 'data'; code: number; text: string }
  | { at: 'drop-before' | 'drop-after' };

export interface Sink {
  url: string;
  /** Everything that was accepted or, for `drop-after`, kept without an answer. */
  received: { to: string; raw: Buffer; answered: boolean }[];
  behave: (to: string) => Behaviour | null;
  /** Answers every MAIL FROM with 550. */
  refuseSender: boolean;
  stop(): Promise<void>;
  mailsTo(address: string): Promise<ParsedMail[]>;
}

/** A real SMTP server that does as it is told. */
export async function startSink(): Promise<Sink> {
  const sink: Sink = {
    url: '',
    received: [],
    behave: () => null,
    refuseSender: false,
    stop: () => new Promise((resolve) => server.close(() => resolve())),
    mailsTo: (address) =>
      Promise.all(
        sink.received.filter(({ to }) => to === address).map(({ raw }) => simpleParser(raw)),
      ),
  };
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    logger: false,
    onMailFrom(_address, _session, done) {
      done(sink.refuseSender ? refusal({ code: 550, text: '5.7.1 not you' }) : null);
    },
    onRcptTo({ address }, _session, done) {
      const behaviour = sink.behave(address);
      if (behaviour?.at === 'rcpt') return done(refusal(behaviour));
      done();
    },
    onData(stream, session, done) {
      const to = session.envelope.rcptTo[0]!.address;
      const behaviour = sink.behave(to);
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const raw = Buffer.concat(chunks);
        if (behaviour?.at === 'data') return done(refusal(behaviour));
        if (behaviour?.at === 'drop-before') return drop(session.id);
        if (behaviour?.at === 'drop-after') {
          sink.received.push({ to, raw, answered: false });
          return drop(session.id);
        }
        sink.received.push({ to, raw, answered: true });
        done();
      });
    },
  });
  function drop(id: string): void {
    for (const connection of (server as unknown as { connections: Set<SinkConnection> })
      .connections) {
      if (connection.id === id) connection._socket.destroy();
    }
  }
  server.on('error', () => {});
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.server.address() as AddressInfo;
  sink.url = `smtp://127.0.0.1:${port}?ignoreTLS=true`;
  return sink;
}

interface SinkConnection {
  id: string;
  _socket: { destroy(): void };
}

function refusal({ code, text }: { code: number; text: string }): Error {
  return Object.assign(new Error(text), { responseCode: code });
}

export function toolsFor(url: string, changes: Partial<DigestTools> = {}): DigestTools {
  return {
    mailer: createMailer({ smtpUrl: url, dataDir: '/nowhere' }),
    sender: mailSender({
      mailFrom: 'Broadsheet <digest@papers.example.org>',
      siteUrl: SITE,
      contactEmail: null,
      bounceDomain: null,
      secret: SECRET,
      dkimDomain: null,
      dkimSelector: null,
      dkimPrivateKey: null,
    }),
    site: { url: SITE, postalAddress: null },
    secret: SECRET,
    throttle: { perSecond: null, perDomainPerSecond: null },
    resendUncertain: false,
    subject: null,
    search: async () => [],
    ...changes,
  };
}

/** Runs at a moment, with connections of its own. */
export async function runAt(
  db: ModelDb,
  sink: { url: string },
  now: string,
  changes: Partial<DigestTools> & Partial<Omit<RunOptions, 'now'>> = {},
) {
  const { budgetMs = 60_000, signal, onProgress, ...tools } = changes;
  const all = toolsFor(sink.url, tools);
  try {
    return await runDigest(db, all, { now: new Date(now), budgetMs, signal, onProgress });
  } finally {
    await all.mailer.close();
  }
}

/** An active reader with a subscription. */
export async function addReader(
  db: ModelDb,
  email: string,
  changes: Partial<Preferences> & { nextRunAt?: string; coveredUntil?: string | null } = {},
): Promise<{ readerId: number; subscriptionId: number }> {
  const { nextRunAt = '2026-11-23T08:00:00Z', coveredUntil = null, ...preferences } = changes;
  const { id, readerId } = await db.subscription.create({
    data: {
      ...subscriptionColumns({
        ...DEFAULT_PREFERENCES,
        // Worlds of one or two papers are easier to tell.
        minPapers: 1,
        ...preferences,
      }),
      nextRunAt,
      coveredUntil,
      reader: {
        create: {
          email,
          emailKey: email.toLowerCase(),
          addressHash: addressHash(email.toLowerCase(), SECRET),
          status: 'active',
          confirmedAt: nextRunAt,
        },
      },
    },
  });
  await addFollows(db, readerId, oneByOne(preferences), new Date(nextRunAt));
  return { readerId, subscriptionId: id };
}

export interface PaperSketch {
  id: number;
  score?: number;
  newAt?: string;
  tags?: string[];
  title?: string;
}

/** Papers as an import and a ranking would have left them. */
export async function addPapers(db: ModelDb, papers: PaperSketch[]): Promise<void> {
  for (const {
    id,
    score = 1000 - id,
    newAt = '2026-11-22T00:00:00Z',
    tags = [],
    title,
  } of papers) {
    await db.paper.create({
      data: {
        id,
        title: title ?? `Paper ${id}`,
        titleKey: `paper ${id}`,
        firstAuthorKey: 'doe',
        abstract: `What paper ${id} is about.`,
        authors: ['Jane Doe'],
        categories: [],
        keywords: [],
        version: 1,
        publishedAt: newAt,
        firstSeenAt: newAt,
        tags: { create: tags.map((slug) => ({ slug, weight: 1 })) },
        score: { create: { score, signal: 0, feedAt: newAt } },
      },
    });
  }
}

/** A delivery's state as tests compare it. */
export async function deliveries(db: ModelDb) {
  return db.delivery.findMany({
    orderBy: { id: 'asc' },
    select: { subscriptionId: true, localPeriod: true, status: true, reason: true, paperIds: true },
  });
}
