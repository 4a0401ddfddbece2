import { addressChangeMail } from '@/emails/address-change';
import { addressChangedMail } from '@/emails/address-changed';
import { alreadySubscribedMail } from '@/emails/already-subscribed';
import { confirmationMail } from '@/emails/confirmation';
import { ownerTaskMail } from '@/emails/owner-task';
import { signInMail } from '@/emails/sign-in';
import type { MailContent } from '@/emails/types';
import type { ModelDb } from '@/lib/db/sql';
import type { MailTools } from '@/lib/mail/send/mail-tools';
import { buildMessage } from '@/lib/mail/wire/message';
import { encodeBody } from '@/lib/mail/wire/multipart';
import { messageId } from '@/lib/mail/wire/verp';
import { choicesInWords } from '@/lib/subscribers/choice-words';
import { retryDelay } from '@/lib/subscribers/timetable';
import { readerLinks } from '../../subscribers/reader-links';
import { findReader, personById } from '../../subscribers/reader-store';
import {
  type ClaimedMail,
  claimMails,
  finishMail,
  mailCode,
  mailToken,
} from '../../subscribers/transactional-mail-store';

export interface TransactionalMailReport {
  sent: number;
  failed: number;
  later: number;
}

const BATCH = 20;
const TRIES = 8;

/** Sends the short mails that are owed. Several runs at once share them. */
export async function sendTransactionalMails(
  db: ModelDb,
  tools: MailTools,
  { now, budgetMs }: { now: Date; budgetMs: number },
): Promise<TransactionalMailReport> {
  const started = Date.now();
  const clock = () => new Date(now.getTime() + Date.now() - started);
  const report: TransactionalMailReport = { sent: 0, failed: 0, later: 0 };
  let broken = false;
  while (!broken && Date.now() - started < budgetMs) {
    const mails = await claimMails(db, BATCH, clock());
    if (mails.length === 0) break;
    await Promise.all(mails.map(deliver));
  }
  return report;

  async function deliver(mail: ClaimedMail): Promise<void> {
    const content = await write(db, mail, tools);
    if (!content) {
      report.failed++;
      return finishMail(db, mail.id, { status: 'failed', note: 'not needed any more' });
    }
    const message = await buildMessage(
      tools.sender,
      {
        to: mail.email,
        subject: content.subject,
        date: clock(),
        id: messageId('transactional', mail.key),
      },
      encodeBody(content),
    );
    const result = await tools.mailer.send(message);
    const note = [result.code, result.enhanced, result.text].filter(Boolean).join(' ');
    if (result.status === 'sent' || result.status === 'uncertain') {
      report.sent++;
      return finishMail(db, mail.id, { status: 'sent', note, sentAt: clock() });
    }
    if (result.status === 'failed' || mail.attempt >= TRIES) {
      report.failed++;
      return finishMail(db, mail.id, { status: 'failed', note });
    }
    broken ||= result.status === 'deferred' && result.scope === 'connection';
    report.later++;
    const delay = retryDelay(mail.attempt, Math.random);
    const notBefore = new Date(clock().getTime() + delay);
    return finishMail(db, mail.id, { status: 'planned', note, notBefore });
  }
}

async function write(
  db: ModelDb,
  mail: ClaimedMail,
  { site, sender, secret }: MailTools,
): Promise<MailContent | null> {
  if (mail.status === 'suppressed') return null;
  const owner = { key: mail.readerKey, tokenEpoch: mail.tokenEpoch };
  const token = mailToken(mail, owner, secret);
  switch (mail.kind) {
    case 'sign_in':
      return signInMail({
        site,
        url: `${site.url}/sign-in/confirm?token=${token}`,
        code: mailCode(mail, secret),
        validFor: '15 minutes',
      });
    case 'change_address': {
      const reader = await personById(db, mail.readerId);
      if (!reader) return null;
      return addressChangeMail({
        site,
        confirmUrl: `${site.url}/confirm/address?token=${token}`,
        oldAddress: reader.email,
        newAddress: mail.email,
        validFor: 'two days',
      });
    }
    case 'address_changed':
      return addressChangedMail({ site, contact: sender.contact });
    case 'move':
    case 'export':
    case 'erase':
      return ownerTaskMail({
        site,
        task: mail.kind,
        url: `${site.url}/account/${mail.kind}?token=${token}`,
        validFor: 'an hour',
      });
  }
  // The others are about a subscription.
  const found = await findReader(db, mail.readerId);
  if (!found) return null;
  const { subscription } = found;
  const links = readerLinks(owner, site.url, secret, mail.createdAt);
  switch (mail.kind) {
    case 'confirm':
      return confirmationMail({
        site,
        confirmUrl: `${site.url}/confirm?token=${token}`,
        choices: choicesInWords(mail.choices ?? subscription),
        isFirst: subscription.coveredUntil === null,
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
