import { expect, test } from 'vitest';
import { addressChangeMail } from '@/emails/address-change';
import { alreadySubscribedMail } from '@/emails/already-subscribed';
import { confirmationMail } from '@/emails/confirmation';
import { ownerTaskMail } from '@/emails/owner-task';
import { signInMail } from '@/emails/sign-in';
import type { MailContent } from '@/emails/types';
import { SITE } from './samples';

const url = `${SITE.url}/confirm?token=abc_DEF-1&x=2`;

test.each([
  [
    'confirmation',
    () =>
      confirmationMail({
        site: SITE,
        confirmUrl: url,
        choices: [
          { label: 'Topics', value: '<b>PEFT</b> or LoRA' },
          { label: 'When', value: 'every Monday at 08:00 (Europe/Berlin)' },
        ],
        isFirst: true,
        validFor: 'two days',
      }),
  ],
  [
    'change of address',
    () =>
      addressChangeMail({
        site: SITE,
        confirmUrl: url,
        oldAddress: 'old@example.org',
        newAddress: 'new+<i>@example.org',
        validFor: 'two days',
      }),
  ],
  [
    'already subscribed',
    () => alreadySubscribedMail({ site: SITE, preferencesUrl: url, unsubscribeUrl: url }),
  ],
  ['sign-in', () => signInMail({ site: SITE, url, code: '042137', validFor: '15 minutes' })],
  ...(['move', 'export', 'erase'] as const).map((task): [string, () => Promise<MailContent>] => [
    task,
    () => ownerTaskMail({ site: SITE, task, url, validFor: 'an hour' }),
  ]),
])('the %s mail has its link in both parts and says the same in both', async (_, write) => {
  const { subject, html, text } = await write();
  expect(subject).toMatch(/^[\w :,]+$/);
  expect(text).toContain(`\n${url}\n`);
  expect(html).toContain(`href="${url.replace('&', '&amp;')}"`);
  expect(html).toContain('lang="en"');
  expect(html).not.toMatch(/<b>|<i>|<img|<script/);
  const seen = html
    .replace(/<(style|title)[\s\S]*?<\/\1>/g, '')
    .replace(/<[^>]*>/g, ' ')
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&#x27;/g, "'")
    .replace(/&amp;/g, '&')
    .replace(/\s+/g, ' ');
  for (const block of text.split('\n\n').filter((block) => block !== '-- ')) {
    for (const line of block.split(/:\n/)) expect(seen).toContain(line.replace(/\s+/g, ' ').trim());
  }
});
