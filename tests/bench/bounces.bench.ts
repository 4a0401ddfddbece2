import { migrate } from '../../lib/db/migrate';
import { verpAddress } from '../../lib/mail/wire/verp';
import { emptyDatabase } from '../empty-database';
import { hasCorpus, scoreCorpus } from '../fixtures/bounce-corpus';
import { cli } from '../server';
import { median, type Report } from './figure';

const PIPED = 7;
const SECRET = 'a secret for benchmarks only, of 32 and more';
/** It proves itself, so that the database is asked for its digest. */
const MAIL = `From: MAILER-DAEMON@example.org
To: ${verpAddress('delivery-1', 'bounces.example.org', SECRET)}
Subject: Returned mail

<reader@example.org>: 550 5.1.1 user unknown
`;

/** How well bounces are read, on real ones that a person read beforehand; how soon a piped one is answered. */
export default async function bounces(report: Report): Promise<void> {
  await piped(report);
  if (!hasCorpus()) {
    console.error('../shared/data/bounces is not here: nothing to measure bounces with.');
    return;
  }
  const { bounces, found, right, accepted, wrong } = await scoreCorpus();
  const reference = `a person's reading of ${bounces} bounces`;
  const share = (figure: string, value: number, goal: number) =>
    report({
      figure,
      value: Math.round((1000 * value) / bounces) / 1000,
      unit: 'share',
      reference,
      goal: `>= ${goal}`,
      ok: value / bounces >= goal,
    });
  share('failed address found', found, 0.97);
  share('hard against soft right', right, 0.97);
  report({
    figure: 'other mails taken for bounces',
    value: accepted.length,
    unit: 'mails',
    reference: `a person's reading; not agreed: ${[...accepted, ...wrong].join(', ') || 'none'}`,
    goal: '<= 0',
    ok: accepted.length === 0,
  });
}

async function piped(report: Report): Promise<void> {
  const { target, remove } = await emptyDatabase('bench_bounces');
  await migrate(target);
  const place: Record<string, string> =
    'url' in target ? { DATABASE_URL: target.url } : { DATA_DIR: target.dataDir };
  const settings = { ...place, SECRET, CRON_SECRET: SECRET, BOUNCE_DOMAIN: 'bounces.example.org' };
  const seconds: number[] = [];
  for (let i = 0; i <= PIPED; i++) {
    const begin = performance.now();
    const { code, err } = await cli(['bounce'], settings, MAIL);
    if (code !== 0) throw new Error(err);
    // The first may have to make the bundle.
    if (i > 0) seconds.push((performance.now() - begin) / 1_000);
  }
  await remove();
  const value = Math.round(100 * median(seconds)) / 100;
  report({
    figure: 'a piped bounce, from start to exit',
    value,
    unit: 's',
    reference: 'by tsx: 4 to 7 s',
    goal: '<= 1',
    ok: value <= 1,
  });
}
