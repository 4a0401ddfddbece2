/**
 * Notes every raw statement of `lib` that a database test runs: where it stands, and the columns that
 * the server described. Loaded before each test file; `reporter.ts` reads the notes.
 */
import { randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { Sql } from 'sql-template-tag';
import { afterAll, inject } from 'vitest';
import { PrismaClient } from '@/lib/db/generated/client';
import { PlainDb } from '@/lib/db/plain';
import type { Db } from '@/lib/db/sql';
import type { Run } from './compare';

const runs = new Map<string, Run>();

afterAll(() => {
  const file = join(inject('statementNotes'), `${randomUUID()}.json`);
  writeFileSync(file, JSON.stringify([...runs.values()]));
});

/** The statement travels with its place, so that the answer can be told to it on any connection. */
const MARK = /^\/\*(lib\/\S+:\d+)\*\//;
const PLACE = /\/(lib\/(?!db\/plain\.ts)[^:]+:\d+):\d+\)?$/m;

type Statement = (query: Sql | TemplateStringsArray, ...values: unknown[]) => unknown;

function marked(run: Statement): Statement {
  return function (this: unknown, query, ...values) {
    const sql = query instanceof Sql ? query : new Sql(query as TemplateStringsArray, values);
    const place = PLACE.exec(new Error().stack ?? '')?.[1];
    if (!place) return run.call(this, sql);
    const [first = '', ...rest] = sql.strings;
    return run.call(this, new Sql([`/*${place}*/${first}`, ...rest], sql.values));
  };
}

function markStatements(db: Db): void {
  const statements = db as unknown as Record<'$queryRaw' | '$executeRaw', Statement>;
  statements.$queryRaw = marked(statements.$queryRaw);
  statements.$executeRaw = marked(statements.$executeRaw);
}

// Prisma's transactions inherit from the client.
markStatements(PrismaClient.prototype as Db);
markStatements(PlainDb.prototype);
const { $transaction } = PlainDb.prototype;
PlainDb.prototype.$transaction = function (work) {
  return $transaction.call(this, (tx) => {
    markStatements(tx);
    return work(tx);
  }) as never;
};

type Query = (...args: unknown[]) => unknown;
const client = pg.Client.prototype as unknown as { query: Query };
const query = client.query;
client.query = function (this: unknown, ...args) {
  const [config] = args as [string | { text?: string; rowMode?: string }];
  const text = typeof config === 'string' ? config : config.text;
  const place = MARK.exec(text ?? '')?.[1];
  if (!place) return query.apply(this, args);
  const note = (result: pg.QueryResult) =>
    noteRun(place, result, typeof config === 'object' && config.rowMode === 'array');
  const callback = args.at(-1);
  if (typeof callback !== 'function') {
    return (query.apply(this, args) as Promise<pg.QueryResult>).then((result) => {
      note(result);
      return result;
    });
  }
  return query.call(this, ...args.slice(0, -1), (error: unknown, result: pg.QueryResult) => {
    if (!error) note(result);
    callback(error, result);
  });
};

function noteRun(place: string, { fields, rows }: pg.QueryResult, prisma: boolean): void {
  const run = runs.get(place) ?? { place, columns: [] };
  runs.set(place, run);
  for (const [i, { name, dataTypeID }] of fields.entries()) {
    const type = { name, oid: dataTypeID, prisma };
    let column = run.columns.find((each) => same(each, type));
    if (!column) {
      column = { ...type, hadNull: false };
      run.columns.push(column);
    }
    column.hadNull ||= rows.some((row) => (prisma ? row[i] : row[name]) === null);
  }
}

function same(a: object, b: Record<string, unknown>): boolean {
  return Object.entries(b).every(([key, value]) => (a as Record<string, unknown>)[key] === value);
}
