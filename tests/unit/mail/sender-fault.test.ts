import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { diagnose } from '@/lib/mail/receive/diagnose';
import { readIncomingMail } from '@/lib/mail/receive/read-bounce';

const CASES = fileURLToPath(new URL('../../../../shared/cases/', import.meta.url));

const verdict = (status: string | null, text: string) => {
  const { hard, reason } = diagnose('reader@example.org', status, [text, text], false);
  return { hard, reason };
};

describe('a fault of the sender', () => {
  test.each([
    ['4.0.0', '554-mx.example Service not available 554-No SMTP service 554-Bad DNS PTR record'],
    ['5.0.0', '554 No SMTP service 554 IP address is block listed'],
    ['5.7.606', '550 5.7.606 Access denied, banned sending IP [192.0.2.1]'],
    ['5.7.1', '550 5.7.1 <reader@example.org>: Recipient address rejected: user unknown'],
    ['5.7.26', '550 5.7.26 This mail has been blocked because the sender is unauthenticated'],
    [null, '550 Email blocked by mx.example.org, mailbox not available'],
    [null, '550 Client host [192.0.2.1] blocked using zen.spamhaus.org; unknown user'],
    [null, '553 sorry, your domain is refused: address does not exist'],
    ['5.1.8', '553 5.1.8 Domain of sender address digest@example.net does not exist'],
    ['5.1.7', '501 5.1.7 Invalid sender address'],
  ])('gives up no reader: %s %s', (status, text) => {
    expect(verdict(status, text)).toEqual({ hard: false, reason: 'policy' });
  });

  test.each([
    ['5.1.1', '550 5.1.1 User unknown', 'unknown-address'],
    ['5.1.10', '550 5.1.10 RESOLVER.ADR.RecipientNotFound; not found', 'unknown-address'],
    ['5.7.13', '525 5.7.13 Disabled recipient address', 'disabled'],
    ['5.0.0', '550 no such user here', 'unknown-address'],
  ])('is not seen where the reader is gone: %s %s', (status, text, reason) => {
    const { hard } = verdict(status, text);
    expect([hard, reason === 'unknown-address' || reason === 'disabled']).toEqual([true, true]);
  });
});

test.skipIf(!existsSync(CASES)).each([
  ['20-gmx-ptr.eml', 'policy'],
  ['21-gmx-blocklisted.eml', 'policy'],
  ['23-qmail-banned-ip.eml', 'policy'],
  ['25-o365-out-of-quota.eml', 'mailbox-full'],
  ['26-t-online.eml', 'unspecified'],
  ['27-gmail-ratelimit.eml', 'policy'],
])('the case %s is soft', async (file, reason) => {
  const mail = await readIncomingMail(readFileSync(`${CASES}${file}`));
  expect(mail).toMatchObject({ kind: 'bounce', recipients: [{ hard: false, reason }] });
});
