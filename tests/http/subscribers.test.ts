import { strFromU8, unzipSync } from 'fflate';
import type { ParsedMail } from 'mailparser';
import { describe, expect, inject, test } from 'vitest';
import { awaitMails as awaitSent, mailsTo as sentTo } from './outbox';

const { url, dataDir, cronSecret } = inject('server');

const post = (path: string, form: Record<string, string>, headers: Record<string, string> = {}) =>
  fetch(new URL(path, url), {
    method: 'POST',
    redirect: 'manual',
    headers: { origin: url, ...headers },
    body: new URLSearchParams(form),
  });

const page = async (path: string) => (await fetch(new URL(path, url))).text();

const mailsTo = (address: string) => sentTo(dataDir, address);
const awaitMails = (address: string, count: number) => awaitSent(dataDir, address, count);

const linksOf = (mail: ParsedMail) => [
  ...new Set((mail.text ?? '').match(/https?:\/\/\S+/g)?.map((link) => new URL(link))),
];
const linkTo = (mail: ParsedMail, path: string) =>
  linksOf(mail).find(({ pathname }) => pathname === path)!;
const pathOf = (link: URL) => link.pathname + link.search;
const tokenOf = (link: URL) => link.searchParams.get('token')!;

async function runDigest() {
  const response = await fetch(`${url}/api/cron/digest`, {
    method: 'POST',
    headers: { authorization: `Bearer ${cronSecret}` },
  });
  return response.json();
}

async function subscribed(address: string, form: Record<string, string> = {}): Promise<ParsedMail> {
  await post('/subscribe/submit', { email: address, ...form });
  const [letter] = await awaitMails(address, 1);
  await post('/confirm/submit', { token: tokenOf(linkTo(letter!, '/confirm')) });
  await runDigest();
  return (await awaitMails(address, 2))[1]!;
}

function oneClickUrl(mail: ParsedMail): string {
  const { unsubscribe } = mail.headers.get('list') as unknown as { unsubscribe: { url: string } };
  return unsubscribe.url;
}

describe('from sign-up to goodbye, without scripts', () => {
  const address = 'story@example.org';
  let digest: ParsedMail;

  test('the box answers with a neutral page, and a confirmation comes by mail', async () => {
    const answer = await post('/subscribe/submit', { email: address, timezone: 'Europe/Berlin' });
    expect(answer.status).toBe(303);
    expect(answer.headers.get('location')).toBe('/subscribe/sent');
    const [letter] = await awaitMails(address, 1);
    expect(letter!.subject).toContain('confirm');
    expect(letter!.text).toContain('Topics: all topics');
    expect(letter!.text).toContain('When: every Monday at 08:00 (Europe/Berlin)');
  });

  test('looking at the confirmation confirms nothing; its button does, once', async () => {
    const [letter] = await mailsTo(address);
    const link = linkTo(letter!, '/confirm');
    for (const method of ['GET', 'HEAD', 'OPTIONS']) {
      for (let i = 0; i < 5; i++) await fetch(new URL(pathOf(link), url), { method });
    }
    // Readers of other tests may be due.
    await runDigest();
    expect(await mailsTo(address)).toHaveLength(1);
    const confirmed = await post('/confirm/submit', { token: tokenOf(link) });
    expect(confirmed.headers.get('location')).toContain('done=confirmed');
    const welcome = await page(confirmed.headers.get('location')!);
    expect(welcome).toContain('Europe/Berlin');
    expect(welcome).toContain('Your first digest is on its way');
    // There is no mail server here: the page says where the mail is.
    expect(welcome).toContain('outbox');
    await post('/confirm/submit', { token: tokenOf(link) });
    expect(await page(pathOf(link))).toContain('This link was already used');
  });

  test('the first digest goes out with the next run, and only once', async () => {
    await runDigest();
    expect(await awaitMails(address, 2)).toHaveLength(2);
    await runDigest();
    const mails = await awaitMails(address, 2);
    expect(mails).toHaveLength(2);
    digest = mails[1]!;
    expect(digest.headers.get('list-unsubscribe-post') ?? digest.headers.get('list')).toBeDefined();
  });

  test('GET, HEAD and OPTIONS on every link of the mail change nothing', async () => {
    const own = linksOf(digest).filter(({ searchParams }) => searchParams.has('token'));
    expect(own.length).toBeGreaterThan(5);
    for (const link of [...own, new URL(oneClickUrl(digest))]) {
      for (const method of ['GET', 'HEAD', 'OPTIONS']) {
        const { status } = await fetch(new URL(pathOf(link), url), { method });
        expect(status).toBeLessThan(500);
      }
    }
    const preferences = await page(pathOf(linkTo(digest, '/preferences')));
    expect(preferences).toContain('next one: ');
    expect(preferences).not.toContain('paused until');
  }, 120_000);

  test('one-click unsubscription works without cookies, urlencoded and multipart, twice', async () => {
    const link = pathOf(new URL(oneClickUrl(digest)));
    const multipart = new FormData();
    multipart.set('List-Unsubscribe', 'One-Click');
    for (const body of [new URLSearchParams('List-Unsubscribe=One-Click'), multipart]) {
      const left = await fetch(new URL(link, url), { method: 'POST', body });
      expect(left.status).toBe(200);
    }
    const bare = await fetch(new URL(link, url), { method: 'POST' });
    expect(bare.status).toBeGreaterThanOrEqual(400);
    expect(await page(pathOf(linkTo(digest, '/unsubscribe')))).toContain('You’re unsubscribed');
  });

  test('a confirmation from before does not bring the digest back', async () => {
    const [letter] = await mailsTo(address);
    await post('/confirm/submit', { token: tokenOf(linkTo(letter!, '/confirm')) });
    expect(await page(pathOf(linkTo(digest, '/unsubscribe')))).toContain('You’re unsubscribed');
  });
});

describe('a reader', () => {
  const address = 'chooser@example.org';
  let digest: ParsedMail;

  test('signs up on a tag and gets papers with that tag', async () => {
    digest = await subscribed(address, { tags: 'peft' });
    expect(digest.text).toContain('To get you started: the best of PEFT');
  });

  test('changes what comes and when', async () => {
    const link = linkTo(digest, '/preferences');
    const saved = await post('/preferences/save', {
      token: tokenOf(link),
      cadence: 'daily',
      hour: '7',
      timezone: 'Asia/Tokyo',
      maxPapers: '5',
      'has-tags': '1',
      searches: 'lora -survey',
    });
    expect(saved.headers.get('location')).toContain('done=saved');
    const shown = await page(pathOf(link));
    expect(shown).toContain('every day at 07:00 (Asia/Tokyo)');
    expect(shown).toContain('lora -survey');
  });

  test('who mistypes a choice gets it back with what is wrong, and nothing is changed', async () => {
    const link = linkTo(digest, '/preferences');
    const answer = await post('/preferences/save', {
      token: tokenOf(link),
      cadence: 'weekly',
      maxPapers: '99',
      searches: 'quantization',
    });
    const again = answer.headers.get('location')!;
    expect(again).toContain('again=1');
    const cookie = answer.headers.get('set-cookie')!.split(';')[0]!;
    const html = await (await fetch(new URL(again, url), { headers: { cookie } })).text();
    expect(html).toContain('the number of papers must be from 1 to 25');
    expect(html).toContain('value="99"');
    expect(html).toContain('value="quantization"');
    // The standing of the subscription, and the form when it is opened anew, are as saved before.
    expect(html).toContain('every day at 07:00');
    expect(await page(pathOf(link))).toContain('lora -survey');
  });

  test('sees what would come now, or why nothing would', async () => {
    const link = linkTo(digest, '/preferences');
    const preview = await page(`/preferences/preview${link.search}`);
    if (preview.includes('Nothing would be sent now')) return;
    expect(preview).toContain('On a phone');
    const mail = await fetch(new URL(`/preferences/preview/mail${link.search}`, url));
    expect(mail.headers.get('content-security-policy')).toContain("frame-ancestors 'self'");
    expect(await mail.text()).toContain('Search: lora');
  });

  test('sees the preview under a policy of its own: that of pages refuses the styles of a mail', async () => {
    const link = linkTo(digest, '/preferences');
    const preview = new URL(`/preferences/preview/mail${link.search}`, url);
    const { headers } = await fetch(preview, { redirect: 'manual' });
    expect(headers.get('content-security-policy') ?? '').not.toContain('nonce');
  });

  test('mutes a tag, wants less and pauses by buttons behind the mail’s links', async () => {
    const token = tokenOf(linkTo(digest, '/feedback'));
    const muted = await post('/feedback/submit', { token, do: 'mute', tag: 'lora' });
    expect(muted.headers.get('location')).toContain('done=mute');
    const less = await post('/feedback/submit', { token, do: 'less', paper: '1' });
    expect(less.headers.get('location')).toContain('done=less');
    // The last word on a paper stands, and can be taken back.
    const more = await post('/feedback/submit', { token, do: 'more', paper: '1' });
    const said = await page(more.headers.get('location')!);
    expect(said).toContain('rank higher');
    expect(said).toContain('>Undo<');
    const undone = await post('/feedback/submit', { token, do: 'undo', paper: '1' });
    expect(undone.headers.get('location')).toContain('done=undo');
    const saved = await post('/feedback/submit', { token, do: 'save', paper: '1' });
    expect(await page(saved.headers.get('location')!)).toContain('value="unsave"');
    await post('/feedback/submit', { token, do: 'pause' });
    const shown = await page(pathOf(linkTo(digest, '/preferences')));
    expect(shown).toContain('paused until');
    expect(shown).toMatch(/No papers with these tags<\/legend><ul[^>]*><li[^>]*>LoRA/);
  });

  test('reads the own issue by the signed link', async () => {
    const shown = await page(pathOf(linkTo(digest, '/digests/issue')));
    expect(shown).toContain('the best of PEFT');
    // The list in the mail leads to the rows.
    const ids = [...String(digest.html).matchAll(/#paper-(\d+)"/g)].map(([, id]) => id);
    expect(ids.length).toBeGreaterThan(0);
    expect([...shown.matchAll(/<li[^>]* id="paper-(\d+)"/g)].map(([, id]) => id)).toEqual(ids);
    // Readers pass it on: whoever has it may read, and nothing else.
    expect(shown).not.toMatch(/(?:preferences|unsubscribe|feedback)[^"]*token=/);
    expect(await page('/preferences')).toContain('Email me a link');
  });

  /** The mail with a link for one task, asked for by the link of a digest. */
  async function asked(mail: ParsedMail, task: string, to: string): Promise<URL> {
    const before = (await mailsTo(to)).length;
    const answer = await post(`/preferences/${task}`, {
      token: tokenOf(linkTo(mail, '/preferences')),
    });
    expect(answer.headers.get('location')).toContain('done=asked');
    const mails = await awaitMails(to, before + 1);
    return linkTo(mails.at(-1)!, `/account/${task}`);
  }

  test('the pages behind a digest’s links have no link to more than they are for', async () => {
    for (const path of ['/unsubscribe', '/feedback']) {
      const links = [...linksOf(digest), new URL(`${linkTo(digest, '/feedback')}&do=pause`)];
      const link = links.findLast(({ pathname }) => pathname === path)!;
      const shown = await page(pathOf(link));
      expect(shown).toContain('href="/preferences"');
      expect(shown).not.toMatch(/href="[^"]*token=/);
    }
  });

  test('fetches all that is kept, by a link that was mailed for it', async () => {
    const link = await asked(digest, 'export', address);
    expect(await page(pathOf(link))).toContain('Download');
    const answer = await post('/account/export/submit', { token: tokenOf(link) });
    expect(answer.headers.get('content-disposition')).toContain('attachment');
    const data = JSON.parse(
      strFromU8(unzipSync(new Uint8Array(await answer.arrayBuffer()))['reader.json']!),
    );
    expect(data).toMatchObject({
      email: address,
      consents: expect.arrayContaining([expect.objectContaining({ kind: 'confirmed' })]),
      subscriptions: [{ deliveries: [{ status: 'sent' }] }],
    });
  });

  test('moves to another address, which is asked first; the old one is told', async () => {
    const link = linkTo(digest, '/preferences');
    const token = tokenOf(await asked(digest, 'move', address));
    await post('/account/move/submit', { token, email: 'moved@example.org' });
    const [letter] = await awaitMails('moved@example.org', 1);
    expect(await page(pathOf(link))).toContain(address);
    const confirmation = linkTo(letter!, '/confirm/address');
    const moved = await post('/confirm/address/submit', { token: tokenOf(confirmation) });
    expect(await page(moved.headers.get('location')!)).toContain('moved@example.org');
    const told = await awaitMails(address, 5);
    expect(told.at(-1)!.subject).toBe('Your digest now goes to a different address');
    // Whoever reads the old mailbox has no say any more.
    expect(await page(pathOf(link))).toContain('This link has expired');
  });

  test('is erased on request, and cannot be signed up again', async () => {
    const mail = await subscribed('erased@example.org');
    const link = linkTo(mail, '/preferences');
    const token = tokenOf(await asked(mail, 'erase', 'erased@example.org'));
    for (const other of ['/account/move/submit', '/account/export/submit']) {
      const refused = await post(other, { token, email: 'x@example.org' });
      expect(await page(refused.headers.get('location')!)).toContain('This link doesn’t work');
    }
    const erased = await post('/account/erase/submit', { token, sure: 'yes' });
    expect(erased.headers.get('location')).toBe('/preferences/erased');
    expect(await page(pathOf(link))).toContain('This subscription no longer exists');
    await post('/subscribe/submit', { email: 'Erased@example.org' });
    await runDigest();
    expect(await mailsTo('erased@example.org')).toEqual([]);
  });
});

describe('what others send', () => {
  test('forms from other sites are refused', async () => {
    const answer = await post(
      '/subscribe/submit',
      { email: 'victim@example.org' },
      { origin: 'https://evil.example' },
    );
    expect(answer.status).toBe(403);
  });

  test('a mistake comes back in words, with everything as it was typed', async () => {
    const answer = await post('/subscribe/submit', {
      email: 'reader@mailinator.com',
      cadence: 'monthly',
      monthday: '17',
      searches: 'lora "catastrophic forgetting"',
    });
    expect(answer.headers.get('location')).toBe('/subscribe?again=1');
    const cookie = answer.headers.get('set-cookie')!.split(';')[0]!;
    const shown = await fetch(`${url}/subscribe?again=1`, { headers: { cookie } });
    const html = await shown.text();
    expect(html).toContain('throw-away mailbox');
    expect(html).toContain('value="reader@mailinator.com"');
    expect(html).toMatch(/<input[^>]*checked=""[^>]*value="monthly"/);
    expect(html).toContain('<option value="17" selected=""');
    // The rest of the form is folded until it has a mistake of its own.
    expect(html).toMatch(/<details class="[^"]*"><summary[^>]*>Choose topics/);
    expect(html).toContain('value="lora &quot;catastrophic forgetting&quot;"');
  });

  test('links that are forged, cut or of another purpose do nothing, and say so', async () => {
    const [letter] = await mailsTo('story@example.org');
    const token = tokenOf(linkTo(letter!, '/confirm'));
    for (const bad of ['', 'x', token.slice(0, -3), `${token}x`, token]) {
      expect(await page(`/preferences?token=${bad}`)).toContain('This link doesn’t work');
      const left = await fetch(`${url}/unsubscribe/one-click?token=${bad}`, {
        method: 'POST',
        body: new URLSearchParams('List-Unsubscribe=One-Click'),
      });
      expect(left.status).toBe(404);
    }
  });
});

describe('POST /api/v1/subscriptions', () => {
  const ask = (body: unknown) =>
    fetch(`${url}/api/v1/subscriptions`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });

  test('answers the same to known and unknown addresses', async () => {
    const unknown = await ask({ email: 'api@example.org', cadence: 'daily', tags: ['lora'] });
    const known = await ask({ email: 'moved@example.org' });
    expect([unknown.status, known.status]).toEqual([202, 202]);
    expect(await unknown.json()).toEqual(await known.json());
    expect((await awaitMails('api@example.org', 1))[0]!.text).toContain('every day');
  });

  test.each([
    [{}, 'email'],
    [{ email: '"a@evil"@y.org' }, 'email'],
    [{ email: 'a@y.org, evil@z.org' }, 'email'],
    [{ email: 'a@b.org', cadence: 'hourly' }, 'cadence'],
    [{ email: 'a@b.org', timezone: 'Mars/Olympus' }, 'timezone'],
    [{ email: 'a@b.org', hour: 24 }, 'hour'],
    [{ email: 'a@b.org', tags: ['no-such-tag'] }, 'tags'],
    [
      {
        email: 'a@b.org',
        searches: Array(11)
          .fill('x')
          .map((x, i) => x + i),
      },
      'searches',
    ],
    [{ email: 'a@b.org', colour: 'red' }, 'colour'],
  ])('%j is refused, naming %s', async (body, parameter) => {
    const answer = await ask(body);
    expect(answer.status).toBe(400);
    expect(answer.headers.get('content-type')).toBe('application/problem+json');
    expect(await answer.json()).toMatchObject({ parameter });
  });
});

test('a public issue says what it covers, and its papers have anchors', async () => {
  const today = new Date().toISOString().slice(0, 10);
  const shown = await page(`/digests/daily/${today}`);
  expect(shown).toMatch(/<h1[^>]*>\w+day, \d+ \w+ \d{4}<\/h1>/);
  expect(shown).toMatch(/30 of \d+ new papers/);
  expect(shown.match(/<li[^>]* id="paper-\d+"/g)).toHaveLength(30);
});

test('public issues have one address each, and none in the future', async () => {
  const today = new Date().toISOString().slice(0, 10);
  expect((await fetch(`${url}/digests/daily/${today}`)).status).toBe(200);
  const week = await fetch(`${url}/digests/weekly/${today}`, { redirect: 'manual' });
  expect(week.headers.get('location')).toMatch(/\/digests\/weekly\/\d{4}-w\d\d$/);
  for (const bad of ['daily/2999-01-01', 'hourly/2026-01-01', 'daily/2026-02-31', 'weekly/x']) {
    expect((await fetch(`${url}/digests/${bad}`)).status).toBe(404);
  }
});
