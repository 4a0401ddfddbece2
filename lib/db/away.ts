import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import { clientConfig, type DatabaseTarget } from './target';

/** The database did not take us. The message names the setting to look at. */
export class DatabaseAway extends Error {
  override name = 'DatabaseAway';
}

/** A server that is not up yet, or that a name does not lead to yet, may be there in a moment. */
const MAY_COME =
  /ECONN(?:REFUSED|RESET)|EPIPE|ENOTFOUND|EAI_AGAIN|E(?:HOST|NET)UNREACH|ETIMEDOUT|connect ENOENT|timeout (?:exceeded|expired)|(?:read|connection) timeout|Connection terminated|\b57P0[1-3]\b|\b53300\b/;
/** As Prisma tells the same. */
const BY_PRISMA =
  /Can't reach database server|Server has closed the connection|TooManyConnections|\bP(?:1001|1002|1008|1017|2024|2028|2037)\b/;

/** Whether a query failed because the database is away, silent or full, and not by what was asked. */
export function isAway(error: unknown): boolean {
  const text = textOf(error);
  return MAY_COME.test(text) || BY_PRISMA.test(text);
}

/** What an error and its causes say: drivers and Prisma put codes and words in different places. */
function textOf(error: unknown, depth = 0): string {
  if (!(error instanceof Object) || depth > 3) return '';
  const { code, message, cause, meta } = error as Record<string, unknown>;
  const ofMeta = (meta as { driverAdapterError?: unknown } | undefined)?.driverAdapterError;
  const own = [code, message].filter((each) => typeof each === 'string');
  return [...own, textOf(cause, depth + 1), textOf(ofMeta, depth + 1)].join(' ');
}

/** A connection for work without pool; the caller has to end it. Throws `DatabaseAway`. */
export async function connect(target: DatabaseTarget): Promise<pg.Client> {
  try {
    // Work may take as long as it needs.
    const client = new pg.Client({ ...clientConfig(target), query_timeout: 0 });
    // When the connection is lost, the query that waits for an answer fails too.
    client.on('error', () => {});
    await client.connect();
    return client;
  } catch (error) {
    throw new DatabaseAway(explain(error as Error & { code?: string }, target), { cause: error });
  }
}

/**
 * Waits until the database takes connections, for as long as it is not there or not ready. What will
 * not change by waiting, such as a wrong password, is thrown at once.
 */
export async function awaitDatabase(
  target: DatabaseTarget,
  milliseconds: number,
  say: (line: string) => void,
): Promise<void> {
  const until = Date.now() + milliseconds;
  for (let attempt = 0; ; attempt++) {
    try {
      await (await connect(target)).end();
      return;
    } catch (error) {
      if (!isAway((error as Error).cause) || Date.now() > until) throw error;
      if (attempt === 0) say(`${(error as Error).message} Waiting for it …`);
      await delay(1_000);
    }
  }
}

function explain(error: Error & { code?: string }, target: DatabaseTarget): string {
  const reason = (error.message || error.code || 'no answer').replace(/\.$/, '');
  if (!('url' in target)) return `The database in ${target.dataDir} cannot be used: ${reason}.`;
  const { host, port, database } = new pg.Client({ connectionString: withoutFiles(target.url) });
  return `The database "${database}" at ${host}:${port} cannot be used: ${reason}. ${hintOf(error, target.setting ?? 'DATABASE_URL')}`;
}

function hintOf({ code = '', message }: Error & { code?: string }, setting: string): string {
  if (/^28/.test(code)) return `Set user and password in ${setting} right.`;
  // A pooler says the same under a code of its own.
  if (code === '3D000' || /database .* does not exist/.test(message)) {
    return `Create it, or name another one in ${setting}.`;
  }
  if (code === '53300') return 'Set DATABASE_POOL lower, or give the server more connections.';
  if (/certificate|CERT|self.signed/i.test(`${code} ${message}`)) {
    return `Name the file of its authority in ${setting}: ?sslmode=verify-full&sslrootcert=/path/to/authority.pem`;
  }
  if (/sslrootcert|no such file/i.test(message)) return `Set sslrootcert in ${setting} right.`;
  return `Start it, or set ${setting} right.`;
}

/** Reading a URL reads its certificates, one of which may be what is missing. */
function withoutFiles(url: string): string {
  if (!URL.canParse(url)) return url;
  const plain = new URL(url);
  plain.search = '';
  return plain.href;
}
