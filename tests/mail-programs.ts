import { execFileSync, spawnSync } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';
import PostalMime from 'postal-mime';
import { createDkimSigner } from '@/lib/mail/wire/dkim';
import { buildMessage } from '@/lib/mail/wire/message';
import type { MailSender } from '@/lib/mail/wire/sender';
import { sampleMails } from './sample-mails';

/**
 * `node --import tsx tests/mail-programs.ts`: what programs of the field say of our mails. Wants Debian's
 * spamassassin and python3-dkim; caniemail's data come from npm. Not part of the tests.
 */

const FOLDER = fileURLToPath(new URL('.tmp/mail-programs/', import.meta.url));
const SPAM_LIMIT = { total: 2, rule: 0.5 };
/** Rules about a path over the network that no sample has: it never left this machine. */
const NOT_OURS = new Set(['NO_RECEIVED', 'NO_RELAYS', 'ALL_TRUSTED']);
const CLIENTS = [
  'gmail.*',
  'outlook.windows',
  'outlook.windows-mail',
  'outlook.macos',
  'apple-mail.*',
  'thunderbird.*',
];
/** Features that some client lacks, and what a reader has there instead. */
const FALLBACKS: Record<string, string> = {
  ':hover': 'links look the same under the pointer',
  '@media': 'the light colours',
  '<style> element': 'the light colours: all else is said inline',
  'Type selector': 'the light colours',
  'Class selector': 'the light colours',
  '<body> element': 'the outer table has the colour of the page',
  'word-break': 'a long address is cut off; the button leads there',
  'white-space': 'a signal may take two lines',
  overflow: 'the preheader has display: none and no height',
  'role attribute': 'a table is read as one',
  'aria-label attribute': 'a link is called by its text, below its paper',
  'max-width': 'a width of 600 in HTML',
  'max-height': 'display: none hides the preheader by itself',
  'display:none': 'the preheader is a first line of small text',
  padding: 'links stand closer',
  background: 'the page of the program',
};

const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const sender: MailSender = {
  name: 'Broadsheet',
  address: 'digest@papers.example.org',
  domain: 'papers.example.org',
  siteUrl: 'https://papers.example.org',
  replyTo: 'editor@papers.example.org',
  contact: 'editor@papers.example.org',
  bounceDomain: 'bounces.papers.example.org',
  secret: 'sample',
  dkim: createDkimSigner({
    domain: 'papers.example.org',
    selector: 'sample',
    privateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  }),
};
let faults = 0;

mkdirSync(FOLDER, { recursive: true });
for (const [name, { subject, body }] of Object.entries(await sampleMails())) {
  const list = name.startsWith('digest')
    ? {
        oneClickUrl: 'https://papers.example.org/unsubscribe/one-click?token=sample',
        archiveUrl: 'https://papers.example.org/digests/issue?token=sample',
        campaign: 'weekly-2026-w47',
      }
    : undefined;
  const { raw } = await buildMessage(
    sender,
    { to: 'reader@example.net', subject, date: new Date(), id: `sample-${name}`, list },
    body,
  );
  writeFileSync(`${FOLDER}${name}.eml`, raw);
  console.log(`\n${name}: ${raw.length} bytes, “${subject}”`);
  spamAssassin(raw);
  verifyDkim(raw);
  await clientSupport((await PostalMime.parse(raw)).html ?? '');
}
console.log(faults === 0 ? '\nNothing to repair.' : `\n${faults} to repair.`);
process.exitCode = faults === 0 ? 0 : 1;

function fault(words: string): void {
  faults += 1;
  console.log(`  FAULT ${words}`);
}

function spamAssassin(raw: Buffer): void {
  const { stdout, error } = spawnSync('spamassassin', ['-L', '-t'], { input: raw });
  if (error) {
    fault('spamassassin does not run: apt-get install spamassassin');
    return;
  }
  const rules = [...stdout.toString().matchAll(/^ {0,2}(-?\d+\.\d) (\w+) +(.*)$/gm)].map(
    ([, points, rule, words]) => ({ points: Number(points), rule: rule!, words }),
  );
  const ours = rules.filter(({ rule }) => !NOT_OURS.has(rule));
  const total = ours.reduce((sum, { points }) => sum + points, 0);
  console.log(
    `  spamassassin ${total.toFixed(1)}: ${ours.map((r) => `${r.rule} ${r.points}`).join(', ')}`,
  );
  if (total >= SPAM_LIMIT.total) fault(`spamassassin gives ${total.toFixed(1)} in all`);
  for (const { points, rule, words } of ours) {
    if (points > SPAM_LIMIT.rule) fault(`spamassassin ${rule} ${points}: ${words}`);
  }
}

function verifyDkim(raw: Buffer): void {
  const key = publicKey.export({ type: 'spki', format: 'der' }).toString('base64');
  const program = `import dkim, sys
record = b'v=DKIM1; k=rsa; p=${key}'
sys.exit(0 if dkim.verify(sys.stdin.buffer.read(), dnsfunc=lambda *a, **k: record) else 1)`;
  const { status, stderr } = spawnSync('/usr/bin/python3', ['-c', program], { input: raw });
  if (status === 0) console.log('  dkimpy: the signature is good');
  else fault(`dkimpy refuses the signature ${stderr}`);
}

async function clientSupport(html: string): Promise<void> {
  if (!existsSync(`${FOLDER}node_modules/caniemail`)) {
    writeFileSync(`${FOLDER}package.json`, '{"private": true}');
    execFileSync('npm', ['install', '--no-audit', '--no-fund', 'caniemail@1.0.5'], { cwd: FOLDER });
  }
  const entry = createRequire(`${FOLDER}package.json`).resolve('caniemail/package.json');
  const { caniemail } = await import(new URL('dist/index.js', pathToFileURL(entry)).href);
  const { issues } = caniemail({ clients: CLIENTS, html });
  const lacking = new Map<string, Set<string>>();
  for (const [client, list] of issues.errors as Map<string, { title: string }[]>) {
    for (const { title } of list) {
      lacking.set(title, (lacking.get(title) ?? new Set()).add(client));
    }
  }
  for (const [feature, clients] of lacking) {
    const instead = FALLBACKS[feature];
    const where = `${feature} (${[...clients].join(', ')})`;
    if (instead) console.log(`  caniemail: without ${where}: ${instead}`);
    else fault(`caniemail: ${where} is not supported, and nothing stands in for it`);
  }
}
