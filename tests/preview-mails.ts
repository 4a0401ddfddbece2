import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import PostalMime from 'postal-mime';
import { addressChangeMail } from '@/emails/address-change';
import { addressChangedMail } from '@/emails/address-changed';
import { alreadySubscribedMail } from '@/emails/already-subscribed';
import { confirmationMail } from '@/emails/confirmation';
import { renderEdition } from '@/emails/edition';
import { ownerTaskMail } from '@/emails/owner-task';
import { testMail } from '@/emails/test-mail';
import { composeDigest } from '@/lib/mail/wire/digest-body';
import { encodeEdition } from '@/lib/mail/wire/encoded-edition';
import { edition, item, paper, personal, SITE as site } from './unit/emails/samples';

/** `npm run emails`: writes every mail with sample words as HTML and text, again at each change. */

const FOLDER = fileURLToPath(new URL('.tmp/mails/', import.meta.url));
const url = `${site.url}/confirm?token=sample`;

const transactional = {
  confirmation: confirmationMail({
    site,
    confirmUrl: url,
    schedule: 'every Monday at 08:00 (Europe/Berlin)',
    validFor: 'two days',
  }),
  'already-subscribed': alreadySubscribedMail({ site, preferencesUrl: url, unsubscribeUrl: url }),
  'address-change': addressChangeMail({
    site,
    confirmUrl: url,
    oldAddress: 'old@example.org',
    newAddress: 'new@example.org',
    validFor: 'two days',
  }),
  'address-changed': addressChangedMail({ site, contact: 'editor@example.org' }),
  move: ownerTaskMail({ site, task: 'move', url, validFor: 'an hour' }),
  export: ownerTaskMail({ site, task: 'export', url, validFor: 'an hour' }),
  erase: ownerTaskMail({ site, task: 'erase', url, validFor: 'an hour' }),
  'test-mail': testMail({ site }),
};

async function digest(count: number) {
  const file = new URL('../prisma/sample/papers.json', import.meta.url);
  const records: { title: string; authors: string[]; summary: string }[] = JSON.parse(
    await readFile(file, 'utf8'),
  );
  const papers = records
    .slice(0, count)
    .map(({ title, authors, summary }, i) => paper(i + 1, { title, authors, abstract: summary }));
  const items = papers.map(({ id }) => item(id));
  const sections = [
    { heading: 'Trending', items: items.slice(2) },
    { heading: 'Your search “"masked language" -vision”', items: items.slice(1, 2) },
    { heading: 'Revised and withdrawn', items: items.slice(0, 1) },
  ];
  const encoded = encodeEdition(await renderEdition(edition(papers)));
  const { contentType, body } = composeDigest(encoded, personal(sections)).body;
  return PostalMime.parse(`Content-Type: ${contentType}\r\n\r\n${body}`);
}

await mkdir(FOLDER, { recursive: true });
const mails = { ...transactional, digest: digest(10), 'digest-largest': digest(60) };
for (const [name, mail] of Object.entries(mails)) {
  const { html = '', text = '' } = await mail;
  await writeFile(`${FOLDER}${name}.html`, html);
  await writeFile(`${FOLDER}${name}.txt`, text);
  console.log(`${FOLDER}${name}.html and .txt`);
}
