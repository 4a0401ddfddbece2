import { diagnose } from './diagnose';
import { addressesIn, failedAddresses, lower, recipientField } from './failed-address';
import type { FailedRecipient, IncomingMail } from './incoming';
import { type Headers, readMail } from './read-mail';
import { type Report, takeApart } from './report-text';
import { readSesNotification } from './ses-notification';

/**
 * Reads what came back: delivery status notifications (RFC 3464), reports in prose, feedback reports
 * and automatic replies. Pure and total: any bytes give an answer.
 */
export async function readIncomingMail(bytes: Uint8Array): Promise<IncomingMail> {
  const report = await takeApart(await readMail(bytes));
  const about = {
    sentTo: report.headers
      .all('to', 'delivered-to', 'x-original-to', 'envelope-to')
      .flatMap(addressesIn),
    messageId: messageId(report),
  };
  const notification = jsonNotification(report.whole);
  if (notification) return { ...notification, sentTo: about.sentTo };
  const addresses = complaint(report);
  if (addresses) return { ...about, kind: 'complaint', addresses };
  const recipients = failedRecipients(report);
  if (recipients === 'delivered') return { ...about, kind: 'other' };
  if (recipients.length > 0) return { ...about, kind: 'bounce', recipients };
  return { ...about, kind: isAutoReply(report.headers) ? 'auto-reply' : 'other' };
}

/** Amazon's notification topics can be set to write mail: JSON, on one line or indented, and a footer. */
function jsonNotification(whole: string): IncomingMail | null {
  const start = whole.search(/\{\s{0,100}"/);
  if (start < 0) return null;
  // Some relays break long lines with an exclamation mark.
  const json = whole.slice(start, whole.lastIndexOf('}') + 1).replace(/!\n /g, '');
  try {
    const outer = JSON.parse(json);
    // The topic's own envelope, where it is set to write JSON, has the notification as text.
    return readSesNotification(
      typeof outer.Message === 'string' ? JSON.parse(outer.Message) : outer,
    );
  } catch {
    return null;
  }
}

function messageId({ returned, headers, notice }: Report): string | null {
  const own =
    returned.get('message-id') ??
    headers.get('in-reply-to') ??
    headers.get('references') ??
    /^\s*Message-ID:\s*(<[^>]+>)/im.exec(notice)?.[1];
  return /<([^<>\s]+@[^<>\s]+)>/.exec(own ?? '')?.[1] ?? null;
}

function complaint({ feedback, returned, reportType, notice, headers }: Report): string[] | null {
  if (!feedback && reportType !== 'feedback-report') {
    const byHand = /^(?:abuse|complaint|staff|feedback)[\w.-]*@/i.test(
      addressesIn(headers.get('from') ?? '')[0] ?? '',
    );
    if (
      !byHand ||
      !/(?:abuse|complaint|spam) (?:report|complaint)|complaint about/i.test(
        `${headers.get('subject')} ${notice}`,
      )
    ) {
      return null;
    }
  }
  if (feedback && /^(?:auth-failure|not-spam)$/i.test(feedback.get('feedback-type') ?? ''))
    return [];
  const named = [
    ...(feedback?.all('original-rcpt-to', 'removal-recipient') ?? []),
    ...returned.all('x-apparently-to', 'x-hmxmroriginalrecipient', 'delivered-to', 'x-original-to'),
  ].flatMap(addressesIn);
  return [...new Set(named.length > 0 ? named : returned.all('to').flatMap(addressesIn))];
}

/** Robots that answer say so (RFC 3834), or are known by the words that they begin with. */
function isAutoReply(headers: Headers): boolean {
  const submitted = headers.get('auto-submitted')?.toLowerCase() ?? '';
  return (
    submitted.startsWith('auto-replied') ||
    headers.get('x-autoreply') !== undefined ||
    headers.get('x-autorespond') !== undefined ||
    /^(?:auto|bulk_?reply|auto_reply)/i.test(headers.get('precedence') ?? '') ||
    headers.get('x-auto-response-suppress') !== undefined ||
    /^(?:\[?auto(?:matic)?[- ]?(?:reply|response|respon|answer)|out of (?:the )?office|automatische antwort|abwesen|r[ée]ponse automatique|respuesta autom|自動応答|自動返信|.{0,30}\bvacation\b)/i.test(
      headers.get('subject') ?? '',
    )
  );
}

const SUBJECT =
  /undeliver|non.?deliver|(?:mail|message|delivery|e-?mail)[ :.-]*(?:status|system|delivery|notification|report)?[ :.-]*(?:fail|problem|error|delay|return|rejected|warning)|fail(?:ed|ure)[ :-]*(?:notice|to deliver|delivery|notification)|fail(?:ed|ure) .{0,20}deliver|returned? (?:mail|to sender|message)|delivery (?:status|has failed|notification|report|subsystem)|could not (?:be delivered|deliver)|couldn't be delivered|not delivered|bounce|mailer.?daemon|unzustellbar|devuelto|エラー|配信/i;
const FROM =
  /mailer-?daemon|post[-_]?master|mail (?:delivery|administrator|system)|maild(?:aemon|elivery)|system administrator|delivery subsystem|bounce/i;
const NOTICE =
  /(?:could|can|was|were|is|did|has|have)(?:n't| ?not)(?: yet)?(?: be(?:en)?)? (?:deliver|reach|sent|received|accepted)|undeliver|deliver[a-z]* (?:\w+ ){0,4}(?:fail|error|problem|impossible|unsuccessful)|(?:failed|unable|error(?:s)?|problem(?:s)?|trying) (?:\w+ ){0,2}(?:to )?deliver|permanent(?:ly)? (?:fatal )?(?:fail|error)|returned (?:to|mail)|said: ?\d\d\d|following (?:address|recipient)|was not delivered|transcript of session|rejected by|failed recipient|failure reasons?|mailbox (?:is )?full|user unknown|error message below|rejected recipient|no such user/i;

/** Whether this is a report of a failure at all, and not a mail that speaks of one. */
function looksLikeBounce({ headers, reportType, groups, notice, returned }: Report): boolean {
  if (reportType === 'delivery-status' || headers.get('x-failed-recipients')) return true;
  if (groups.some((group) => group.get('final-recipient') ?? group.get('diagnostic-code')))
    return true;
  const subject = SUBJECT.test(headers.get('subject') ?? '');
  const from =
    FROM.test(headers.get('from') ?? '') ||
    /^<?(?:mailer-daemon(?:@\S*)?)?>?$/i.test((headers.get('return-path') ?? 'none').trim());
  const words = NOTICE.test(notice);
  // From anybody else, only with the mail that it speaks of.
  return from ? subject || words : subject && words && returned.fields.length > 0;
}

function failedRecipients(report: Report): FailedRecipient[] | 'delivered' {
  if (!looksLikeBounce(report)) return [];
  // An answering robot that is no mail server: its words may well be "mailbox full".
  const { headers, groups, reportType } = report;
  const structured = reportType !== '' || groups.length > 0 || headers.get('x-failed-recipients');
  const robot = /^auto-replied/i.test(headers.get('auto-submitted') ?? '');
  if (robot && !structured && !/mailer-?daemon/i.test(headers.get('from') ?? '')) return [];
  const status = statusRecipients(report);
  if (status !== null) return status;
  return failedAddresses(report).length > 0 ? fromNotice(report) : fromReturned(report);
}

/** From the fields of a delivery status; null where they name nobody. */
function statusRecipients(report: Report): FailedRecipient[] | 'delivered' | null {
  const perRecipient = report.groups.filter((group) =>
    ['final-recipient', 'original-recipient', 'action', 'status', 'diagnostic-code'].some(
      (name) => group.get(name) !== undefined,
    ),
  );
  if (perRecipient.length === 0) return null;
  const failed = perRecipient.filter(
    (group) => !/^(?:delivered|relayed|expanded|deliverable)/i.test(group.get('action') ?? ''),
  );
  if (failed.length === 0) return 'delivered';
  const mentions = failedAddresses(report);
  const recipients: FailedRecipient[] = [];
  for (const group of failed) {
    const address =
      recipientField(group.get('x-actual-recipient')) ??
      recipientField(group.get('final-recipient')) ??
      recipientField(group.get('original-recipient')) ??
      mentions[0]?.address ??
      report.returned.all('to').flatMap(addressesIn)[0];
    if (!address) continue;
    if (recipients.some((known) => lower(known.address) === lower(address))) continue;
    const said = (group.get('diagnostic-code') ?? '').replace(/^\s*[\w-]+\s*;\s*/, '');
    const status = /[245]\.\d{1,3}\.\d{1,3}/.exec(group.get('status') ?? '')?.[0] ?? null;
    const prose = mentions.find((mention) => lower(mention.address) === lower(address))?.about;
    const delayed = /^delayed/i.test(group.get('action') ?? '');
    recipients.push(diagnose(address, status, [said, prose ?? '', report.notice], delayed));
  }
  return recipients.length > 0 ? recipients : null;
}

function fromNotice(report: Report): FailedRecipient[] {
  return failedAddresses(report).map(({ address, about }) =>
    diagnose(address, null, [about, report.notice], isWarning(report)),
  );
}

/** The report names nobody: whom the returned mail was written to. */
function fromReturned(report: Report): FailedRecipient[] {
  const address = report.returned.all('x-original-to', 'to').flatMap(addressesIn)[0];
  return address ? [diagnose(address, null, [report.notice], isWarning(report))] : [];
}

/** "Not yet delivered": the server goes on trying. */
function isWarning({ headers, notice }: Report): boolean {
  return (
    /delayed|warning|temporar/i.test(headers.get('subject') ?? '') &&
    /still (?:trying|being)|will (?:be )?(?:retr|tried|continue)|not need to re-?send|temporary failure/i.test(
      notice,
    )
  );
}
