import { readFile } from 'node:fs/promises';
import { addressChangeMail } from '@/emails/address-change';
import { addressChangedMail } from '@/emails/address-changed';
import { alreadySubscribedMail } from '@/emails/already-subscribed';
import { confirmationMail } from '@/emails/confirmation';
import { renderEdition } from '@/emails/edition';
import { ownerTaskMail } from '@/emails/owner-task';
import { signInMail } from '@/emails/sign-in';
import { testMail } from '@/emails/test-mail';
import { composeDigest } from '@/lib/mail/wire/digest-body';
import { encodeEdition } from '@/lib/mail/wire/encoded-edition';
import { encodeBody, type MailBody } from '@/lib/mail/wire/multipart';
import { shorten } from '@/lib/papers/display';
import { choicesInWords } from '@/lib/subscribers/choice-words';
import { DEFAULT_PREFERENCES } from '@/lib/subscribers/preferences';
import { edition, item, paper, personal, SITE as site } from './unit/emails/samples';

/** Every mail with sample words, for eyes (`npm run emails`) and for programs (mail-programs.ts). */

interface SampleMail {
  subject: string;
  body: MailBody;
}

const url = `${site.url}/confirm?token=sample`;

const transactional = {
  confirmation: confirmationMail({
    site,
    confirmUrl: url,
    choices: choicesInWords({
      ...DEFAULT_PREFERENCES,
      tags: ['peft', 'continual-pre-training'],
      searches: ['tag:peft tag:math has:code -tag:speech-audio'],
      timezone: 'Europe/Berlin',
    }),
    isFirst: true,
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
  'sign-in': signInMail({ site, url, code: '042137', validFor: '15 minutes' }),
  erase: ownerTaskMail({ site, task: 'erase', url, validFor: 'an hour' }),
  'test-mail': testMail({ site }),
};

async function digest(count: number): Promise<SampleMail> {
  const file = new URL('../prisma/sample/papers.json', import.meta.url);
  const records: { title: string; authors: string[]; summary: string }[] = JSON.parse(
    await readFile(file, 'utf8'),
  );
  const papers = records.slice(0, count).map(({ title, authors, summary }, i) =>
    paper(i + 1, {
      title,
      authors,
      abstract: summary,
      tags: ['continual-pre-training', 'large-language-models'],
      ...(i % 3 === 0 && { codeUrl: 'https://github.com/example/code' }),
    }),
  );
  const items = papers.map(({ id }, i) => item(id, { form: i < 3 ? 'full' : 'short' }));
  const sections = [
    { heading: 'The first three', items: items.slice(0, 3) },
    { heading: `And ${count - 5} more`, items: items.slice(3, count - 2) },
    {
      heading: 'For you',
      items: items.slice(count - 2, count - 1).map((each) => ({
        ...each,
        form: 'reasoned' as const,
        why: 'Because of “Low-rank adaptation of large language models”: “adapter”, “rank”, “finetuning”',
      })),
    },
    {
      heading: 'Changed since we sent them',
      items: items.slice(count - 1).map((each) => ({ ...each, form: 'brief' as const })),
    },
  ];
  const encoded = encodeEdition(await renderEdition(edition(papers)));
  const digest = personal(sections, {
    subject: `${shorten(papers[0]!.title, 58)}, and ${count - 2} more in PEFT`,
    rising: [
      {
        phrase: 'on-policy distillation',
        figures: '23 papers in the last 28 days, 2 in the 28 days before; share × 15.3',
        query: '+"on-policy distillation"',
      },
      {
        phrase: 'agent skills',
        figures: '16 papers in the last 28 days, none in the 28 days before; share × 48.0',
        query: '+"agent skills"',
      },
    ],
  });
  return { subject: digest.subject, body: composeDigest(encoded, digest).body };
}

export async function sampleMails(): Promise<Record<string, SampleMail>> {
  const mails: Record<string, SampleMail> = {
    digest: await digest(11),
    'digest-largest': await digest(26),
  };
  for (const [name, mail] of Object.entries(transactional)) {
    const content = await mail;
    mails[name] = { subject: content.subject, body: encodeBody(content) };
  }
  return mails;
}
