import { addressChangeMail } from '@/emails/address-change';
import { alreadySubscribedMail } from '@/emails/already-subscribed';
import { confirmationMail } from '@/emails/confirmation';
import type { MailContent, MailSite } from '@/emails/types';
import type { ModelDb } from '@/lib/db/sql';
import type { Mailer } from '@/lib/mail/send/mailer';
import type { MailSender } from '@/lib/mail/send/sender';
import { buildMessage } from '@/lib/mail/wire/message';
import { encodeBody } from '@/lib/mail/wire/multipart';
import { retryDelay, timetableWords } from '@/lib/subscribers/timetable';
import { readerLinks } from '../../subscribers/reader-links';
import { findSubscription } from '../../subscribers/store';
import {
  claimLetters,
  finishLetter,
  type Letter,
  letterToken,
} from '../../subscribers/transactional-mail-store';

export interface LetterTools {
  mailer: Mailer;
  sender: MailSender;
  site: MailSite;
  secret: string;
}

export interface LetterReport {
  sent: number;
  failed: number;
  later: number;
}

const BATCH = 20;
const TRIES = 8;

/** Sends the short mails that are owed. Several runs at once share them. */
export async function sendLetters(
  db: ModelDb,
  tools: LetterTools,
  { now, budgetMs }: { now: Date; budgetMs: number },
): Promise<LetterReport> {
  const started = Date.now();
  const clock = () => new Date(now.getTime() + Date.now() - started);
  const report: LetterReport = { sent: 0, failed: 0, later: 0 };
  let broken = false;
  while (!broken && Date.now() - started < budgetMs) {
    const letters = await claimLetters(db, BATCH, clock());
    if (letters.length === 0) break;
    await Promise.all(letters.map(deliver));
  }
  return report;

  async function deliver(letter: Letter & { tokenEpoch: number }): Promise<void> {
    const content = await write(db, letter, letter.tokenEpoch, tools);
    if (!content) {
      report.failed++;
      return finishLetter(db, letter.id, { status: 'failed', note: 'not needed any more' });
    }
    const message = await buildMessage(
      tools.sender,
      { to: letter.email, subject: content.subject, date: clock(), id: `letter-${letter.id}` },
      encodeBody(content),
    );
    const result = await tools.mailer.send(message);
    const note = [result.code, result.enhanced, result.text].filter(Boolean).join(' ');
    if (result.status === 'sent' || result.status === 'uncertain') {
      report.sent++;
      return finishLetter(db, letter.id, { status: 'sent', note, sentAt: clock() });
    }
    if (result.status === 'failed' || letter.attempt >= TRIES) {
      report.failed++;
      return finishLetter(db, letter.id, { status: 'failed', note });
    }
    broken ||= result.status === 'deferred' && result.scope === 'connection';
    report.later++;
    const delay = retryDelay(letter.attempt, Math.random);
    const notBefore = new Date(clock().getTime() + delay);
    return finishLetter(db, letter.id, { status: 'planned', note, notBefore });
  }
}

async function write(
  db: ModelDb,
  letter: Letter,
  tokenEpoch: number,
  { site, secret }: LetterTools,
): Promise<MailContent | null> {
  const subscription = await findSubscription(db, letter.subscriptionId);
  if (!subscription || subscription.status === 'suppressed') return null;
  const token = letterToken(letter, tokenEpoch, secret);
  const owner = { subscriptionId: subscription.id, tokenEpoch };
  const links = readerLinks(owner, site.url, secret, letter.createdAt);
  switch (letter.kind) {
    case 'confirm':
      return confirmationMail({
        site,
        confirmUrl: `${site.url}/confirm?token=${token}`,
        schedule: timetableWords(subscription),
        validFor: 'two days',
      });
    case 'change-address':
      return addressChangeMail({
        site,
        confirmUrl: `${site.url}/confirm/address?token=${token}`,
        oldAddress: subscription.email,
        newAddress: letter.email,
        validFor: 'two days',
      });
    case 'known':
    case 'link':
      return alreadySubscribedMail({
        site,
        preferencesUrl: links.preferences,
        unsubscribeUrl: links.unsubscribe,
      });
  }
}
