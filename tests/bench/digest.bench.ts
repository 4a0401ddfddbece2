import { type ChildProcess, spawn } from 'node:child_process';
import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { createTransport } from 'nodemailer';
import type { ModelDb } from '../../lib/db/sql';
import { planDue } from '../../lib/digest/queue-store';
import { runDigest } from '../../lib/digest/run';
import type { Mailer } from '../../lib/mail/send/mailer';
import type { OutgoingMessage } from '../../lib/mail/wire/message';
import { CLI_FLAGS } from './cli-flags';
import { scratchDatabase } from './database';
import { addPapers, addReaders } from './digest-readers';
import { digestTools } from './digest-tools';
import type { Report } from './figure';

/**
 * The digest against bare nodemailer, which is handed the same messages ready-made and sends them
 * over the same number of connections to the same sink: what planning, choosing, composing, signing
 * and recording cost. The runs take turns, since machines are not equally fast at all times.
 */
const PAPERS = 1_500;
const DIGESTS = 5_000;
const READERS = 100_000;
const CONNECTIONS = 5;
const MEMORY_BUDGET_MS = 20_000;
/** Ready-made messages that bare nodemailer sends again and again. */
const KEPT = 250;

const NOW = new Date('2026-11-23T08:00:00Z');
const HERE = fileURLToPath(new URL('.', import.meta.url));

export default async function digest(report: Report): Promise<void> {
  const sink = await startScript('smtp-sink.ts');
  const smtpUrl = `smtp://127.0.0.1:${sink.line}?ignoreTLS=true&connections=${CONNECTIONS}`;
  const database = await scratchDatabase('digest');
  const { db, kind } = database;
  try {
    await addPapers(db, PAPERS, NOW);
    await addReaders(db, DIGESTS, NOW);
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const dkimKey = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();

    // A server that has run for a while: the compiler's work is in neither side's figure.
    await pipeline(db, smtpUrl, null);
    await reset(db);
    const plain = await pipeline(db, smtpUrl, null);
    const bare = await nodemailer(smtpUrl, plain.kept, null);
    await reset(db);
    const signed = await pipeline(db, smtpUrl, dkimKey);
    const signing = await nodemailer(smtpUrl, plain.kept, dkimKey);
    const readySigned = await nodemailer(smtpUrl, signed.kept, null);

    const ratio = (figure: string, value: number, reference: number, name: string, goal: number) =>
      report({
        figure: `${figure} (${kind} database, ${plain.kilobytes} KB a message)`,
        value: round(value / reference),
        unit: `x (${Math.round(value)} against ${Math.round(reference)} messages/s)`,
        reference: name,
        goal: `>= ${goal}`,
        ok: value / reference >= goal,
      });
    const sending = `sending ${DIGESTS} personal digests`;
    ratio(sending, plain.rate, bare, 'nodemailer, the same bytes ready-made', 0.6);
    ratio(`${sending}, DKIM`, signed.rate, signing, 'nodemailer, the same bytes, signing', 1.3);
    report({
      figure: `${sending}, DKIM (${kind} database)`,
      value: round(signed.rate / readySigned),
      unit: `x (${Math.round(signed.rate)} against ${Math.round(readySigned)} messages/s)`,
      reference: `nodemailer, the same bytes, signed beforehand; one core makes ${signatures(privateKey)} signatures/s`,
      goal: 'none: tells what the signatures cost',
      ok: true,
    });
    await planning(db, report, kind);
    await memory(report, kind, JSON.stringify(database.target), smtpUrl);
  } finally {
    await database.remove();
    sink.process.kill();
  }
}

/** RSA signatures that one core makes in a second. */
function signatures(key: KeyObject): number {
  const data = Buffer.alloc(1_000, 'a');
  const started = performance.now();
  let count = 0;
  while (performance.now() - started < 1_000) {
    sign('sha256', data, key);
    count++;
  }
  return count;
}

async function reset(db: ModelDb): Promise<void> {
  await db.$executeRaw`truncate delivery, mailed_paper, edition`;
  const covered = new Date(NOW.getTime() - 7 * 86_400_000);
  await db.subscription.updateMany({ data: { nextRunAt: NOW, coveredUntil: covered } });
}

/** Plan, claim, compose, send, record. Keeps some of the messages. */
async function pipeline(db: ModelDb, smtpUrl: string, dkimKey: string | null) {
  const tools = digestTools(db, smtpUrl, dkimKey);
  const kept: OutgoingMessage[] = [];
  const mailer: Mailer = {
    kind: 'smtp',
    connections: tools.mailer.connections,
    close: () => tools.mailer.close(),
    send(message, options) {
      if (kept.length < KEPT) kept.push(message);
      return tools.mailer.send(message, options);
    },
  };
  const started = performance.now();
  const done = await runDigest(db, { ...tools, mailer }, { now: NOW, budgetMs: 600_000 });
  const seconds = (performance.now() - started) / 1000;
  await mailer.close();
  if (done.sent !== DIGESTS) throw new Error(`Only ${done.sent} were sent. ${done.says}`);
  const bytes = kept.reduce((sum, { raw }) => sum + raw.length, 0);
  return { rate: DIGESTS / seconds, kept, kilobytes: Math.round(bytes / kept.length / 1000) };
}

async function nodemailer(smtpUrl: string, messages: OutgoingMessage[], dkimKey: string | null) {
  const { hostname: host, port } = new URL(smtpUrl);
  const transport = createTransport({
    pool: true,
    host,
    port: Number(port),
    ignoreTLS: true,
    maxConnections: CONNECTIONS,
    maxMessages: 100,
    ...(dkimKey && {
      dkim: { domainName: 'papers.example.org', keySelector: 'bench', privateKey: dkimKey },
    }),
  });
  const started = performance.now();
  let next = 0;
  const lane = async () => {
    while (next < DIGESTS) {
      const { envelope, raw } = messages[next++ % messages.length]!;
      await transport.sendMail({ envelope: { ...envelope }, raw });
    }
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, lane));
  const seconds = (performance.now() - started) / 1000;
  transport.close();
  return DIGESTS / seconds;
}

async function planning(db: ModelDb, report: Report, kind: string): Promise<void> {
  await db.$executeRaw`truncate reader cascade`;
  await addReaders(db, READERS, NOW);
  const started = performance.now();
  const planned = await planDue(db, NOW);
  const seconds = (performance.now() - started) / 1000;
  if (planned !== READERS) throw new Error(`Only ${planned} of ${READERS} were planned.`);
  report({
    figure: `planning ${READERS} subscriptions (${kind} database)`,
    value: round(seconds),
    unit: 's',
    reference: 'none: a limit of its own',
    goal: '<= 10',
    ok: seconds <= 10,
  });
}

async function memory(report: Report, kind: string, target: string, smtpUrl: string) {
  const args = [target, smtpUrl, NOW.toISOString(), String(MEMORY_BUDGET_MS)];
  const worker = await startScript('digest-worker.ts', args);
  const { megabytes, report: run } = JSON.parse(worker.line);
  report({
    figure: `peak memory of a worker with ${READERS} recipients planned, ${run.sent} sent (${kind} database)`,
    value: Math.round(megabytes),
    unit: 'MB',
    reference: 'none: a limit of its own',
    goal: '<= 300',
    ok: megabytes <= 300,
  });
}

/** Runs a script beside this one; gives the first line that it prints. */
async function startScript(
  name: string,
  args: string[] = [],
): Promise<{ process: ChildProcess; line: string }> {
  const child = spawn(
    process.execPath,
    [...CLI_FLAGS, '--import', 'tsx', `${HERE}${name}`, ...args],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  const ended = new Promise<never>((_, reject) => {
    child.once('exit', (code) => reject(new Error(`${name} ended with ${code}.`)));
  });
  const line = new Promise<string>((resolve) => {
    createInterface(child.stdout!).once('line', resolve);
  });
  return { process: child, line: await Promise.race([line, ended]) };
}

const round = (value: number) => Math.round(value * 100) / 100;
