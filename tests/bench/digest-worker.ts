/** A worker as `npm run cli -- digest` runs it, in a process of its own: prints its report and peak memory. */
import { generateKeyPairSync } from 'node:crypto';
import { openDatabase } from '../../lib/db/client';
import { runDigest } from '../../lib/digest/run';
import { digestTools } from './digest-tools';

const [target, smtpUrl, now, budgetMs] = process.argv.slice(2) as [string, string, string, string];
const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const dkimKey = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
const db = openDatabase(JSON.parse(target));
const tools = digestTools(db, smtpUrl, dkimKey);
const report = await runDigest(db, tools, { now: new Date(now), budgetMs: Number(budgetMs) });
await tools.mailer.close();
await db.$disconnect();
// In kilobytes on Linux.
console.log(JSON.stringify({ report, megabytes: process.resourceUsage().maxRSS / 1024 }));
