import { expect, test } from 'vitest';
import { readIncomingMail } from '@/lib/mail/receive/read-bounce';

/** A report without fields for machines, from a server's usual sender. */
function report(subject: string, from = 'postmaster@mx.example.com', extra = ''): string {
  return `Return-Path: <>\nFrom: ${from}\nTo: sender@ours.example\nSubject: ${subject}\n${extra}`;
}

/** Name, what a person reads in it, and the message: the shapes of many servers, in our own words. */
const REPORTS: [string, string, string][] = [
  [
    'mailmarshal',
    'u@d.example hard',
    report('Undeliverable Mail: "Nyaan"') +
      `\nYour message:\n   From:    sender@ours.example\n   Subject: Hello\n\nCould not be delivered because of\n\n550 5.1.1 User unknown\n\nThe following recipients were affected: \n    u@d.example\n\nAdditional Information\n======================\nOriginal Sender:    <sender@ours.example>\nSender-MTA:         <10.11.12.13>\nRemote-MTA:         <10.0.0.1>\nReporting-MTA:      <relay.xxxxxxxxxxxx.com>\nMessageName:        <B549996730000.000000000001.0003.mml>\n`,
  ],
  [
    'interscan',
    'u@d.example hard',
    report('Mail could not be delivered') +
      `\nSent >>> RCPT TO:<u@d.example>\nReceived <<< 550 5.1.1 <u@d.example>... user unknown\n`,
  ],
  [
    'vpopmail',
    'u@d.example hard',
    report('failure notice', 'MAILER-DAEMON@ours.example') +
      `\nHi. This is the\nunknown local host name.\n\n<u@d.example>:\nSorry, no mailbox here by that name. vpopmail (#5.1.1)\n\n--- Below this line is a copy of the message.\n\nReturn-Path: <sender@ours.example>\nReceived: (qmail 1)\nTo: u@d.example\n`,
  ],
  [
    'quota',
    'u@d.example soft',
    report('failure notice', 'MAILER-DAEMON@ours.example') +
      `\n<u@d.example>:\nuser is over quota\n`,
  ],
  [
    'qmail-local',
    'u@d.example hard',
    report('failure notice', 'MAILER-DAEMON@ours.example') +
      `\n<u@d.example>:\nThis address no longer accepts mail.\n`,
  ],
  [
    'groupwise',
    'u@d.example hard',
    report(
      'Message status - undeliverable',
      '"Mail Delivery System" <x@gw.example>',
      'X-Mailer: Novell GroupWise\n',
    ) +
      `\nThe message that you sent was undeliverable to the following:\n\tu@d.example (user not found)\n\nPossibly truncated original message follows:\n\n>From: sender@ours.example\n>To: u@d.example\n>Subject: hi\n`,
  ],
  [
    'courier',
    'u@d.example hard',
    report('NOTICE: mail delivery status.', '"Courier mail server at mx" <@>') +
      `\nThis is a delivery status notification from mx,\nrunning the Courier mail server, version 0.55.1.\n\nThe original message was received on Thu\n\n---\n\n                           UNDELIVERABLE MAIL\n\nYour message to the following recipients cannot be delivered:\n\n<u@d.example>:\n    mx.d.example [192.0.2.1]:\n>>> RCPT TO:<u@d.example>\n<<< 550 Unknown user u@d.example\n\n---\n`,
  ],
  [
    'zimbra-relay',
    'u@d.example soft',
    report('Undelivered Mail', 'MAILER-DAEMON@ours.example') +
      `\n<u@d.example>: host mx.d.example[192.0.2.1] said: 554 5.7.1 <sender@ours.example>: Sender address rejected: not logged in (in reply to RCPT TO command)\n`,
  ],
  [
    'gmx',
    'u@d.example hard',
    report(
      'Mail delivery failed: returning message to sender',
      'GMX Mailer Daemon <mailer-daemon@gmx.de>',
    ) +
      `\nThis message was created automatically by mail delivery software.\n\nA message that you sent could not be delivered to one or more of\nits recipients. This is a permanent error. The following address\nfailed:\n\n"u@d.example":\nSMTP error from remote server after RCPT command:\nhost: mx.gmx.example\n5.1.1 <u@d.example>... User Unknown\n\n--- The header of the original message is following. ---\n\nReceived: from x\nTo: u@d.example\n`,
  ],
  [
    'yahoo',
    'u@d.example hard',
    report('Failure Notice', 'MAILER-DAEMON@yahoo.com') +
      `\nSorry, we were unable to deliver your message to the following address.\n\n<u@d.example>:\nRemote host said: 550 This user doesn't have a yahoo.example account (u@d.example) [0] [RCPT_TO]\n`,
  ],
  [
    'exim-unrouteable',
    'u@d.example hard',
    report(
      'Mail delivery failed: returning message to sender',
      'Mail Delivery System <Mailer-Daemon@ours.example>',
      'Auto-Submitted: auto-replied\nX-Failed-Recipients: u@d.example\n',
    ) +
      `\nA message that you sent could not be delivered to one or more of its\nrecipients. This is a permanent error. The following address(es) failed:\n\n  u@d.example\n    Unrouteable address\n\n------ This is a copy of the message, including all the headers. ------\n`,
  ],
  [
    'exchange-en',
    'u@d.example hard',
    report('Undeliverable: Hello', 'System Administrator <postmaster@d.example>') +
      `\nYour message\n\n  To:      u@d.example\n  Subject: Hello\n  Sent:    Thu, 29 Apr 2010 18:14:35 +0000\n\ndid not reach the following recipient(s):\n\nu@d.example on Thu, 29 Apr 2010 18:14:35 +0000\n    The recipient name is not recognized\n\tThe MTS-ID of the original message is: c=jp\n    MSEXCH:IMS:KIJITORA CAT:EXAMPLE:EXAMPLE 0 (000C05A6) Unknown Recipient\n`,
  ],
  [
    'german',
    'u@d.example hard',
    report('Unzustellbar: Hallo', 'Postmaster <postmaster@d.example>') +
      `\nDie Nachricht konnte nicht zugestellt werden.\n\nu@d.example\n  Der Empfänger ist unbekannt.\n`,
  ],
  [
    'docomo',
    'u@d.example hard',
    report('Mail System Error - Returned Mail', 'Postmaster@docomo.ne.jp') +
      `\nEach of the following recipients was rejected by a remote mail server.\n\n    Recipient: <u@d.example>\n    >>> RCPT TO:<u@d.example>\n    <<< 550 <u@d.example>: User unknown\n`,
  ],
  [
    'limited',
    'u@d.example soft',
    report('Mail System Error - Returned Mail', 'Postmaster@ezweb.ne.jp') +
      `\nThe user(s) account is temporarily limited.\n\n<u@d.example>\n`,
  ],
  [
    'o365html',
    'u@d.example hard',
    report('Undeliverable: Hello', 'postmaster@d.example', 'Content-Type: text/html\n') +
      `\n<html><body><p>Delivery has failed to these recipients or groups:</p><p><a href="mailto:u@d.example">u@d.example</a></p><p>The email address you entered couldn't be found.</p></body></html>`,
  ],
  [
    'imail',
    'u@d.example hard',
    report(
      'Undeliverable Mail',
      '"Postmaster" <postmaster@d.example>',
      'X-Mailer: <SMTP32 v8.22>\n',
    ) +
      `\nUnknown user: u@d.example\n\nOriginal message follows.\n\nReceived: from x\nFrom: sender@ours.example\nTo: u@d.example\n`,
  ],
  [
    'symantec',
    'u@d.example soft',
    report(
      'Delivery Notification: Delivery has failed',
      'Mail Delivery System <mailer-daemon@d.example>',
    ) +
      `\nThe following message to <u@d.example> was undeliverable.\nThe reason for the problem:\n5.1.0 - Unknown address error 554-'5.7.1 Message blocked due to spam content'\n`,
  ],
  [
    'delay',
    'u@d.example soft',
    report(
      'Warning: could not send message for past 4 hours',
      'Mail Delivery Subsystem <MAILER-DAEMON@ours.example>',
    ) +
      `\n    **********************************************\n    **      THIS IS A WARNING MESSAGE ONLY      **\n    **  YOU DO NOT NEED TO RESEND YOUR MESSAGE  **\n    **********************************************\n\n   ----- The following addresses had transient non-fatal errors -----\n<u@d.example>\n\n   ----- Transcript of session follows -----\n451 <u@d.example>... d.example: Name server timeout\nWarning: message still undelivered after 4 hours\nWill keep trying until message is 5 days old\n`,
  ],
  [
    'moved',
    'u@d.example hard',
    report('Returned mail', 'MAILER-DAEMON@d.example') +
      `\n<u@d.example>: 551 5.1.6 User has moved; please try <new@e.example>\n`,
  ],
  [
    'list',
    'other',
    `From: editor@list.example\nTo: sender@ours.example\nSubject: Weekly delivery report on bounces\n\nWe could not deliver on our promise. user unknown lol u@d.example\n`,
  ],
  [
    'ooo-de',
    'auto-reply',
    `From: u@d.example\nTo: sender@ours.example\nSubject: Abwesenheitsnotiz: Hello\n\nIch bin bis 3.1. nicht da.\n`,
  ],
  [
    'challenge',
    'auto-reply',
    `From: u@d.example\nTo: sender@ours.example\nSubject: Please confirm your message\nAuto-Submitted: auto-replied\n\nclick`,
  ],
  [
    'paypal-ish',
    'other',
    `From: service@shop.example\nTo: sender@ours.example\nSubject: Your order has been delivered\n\nYour parcel could not be delivered to your mailbox: it was full.\n`,
  ],
  [
    'japanese',
    'u@d.example hard',
    `${report(
      '=?UTF-8?B?6YWN5L+h5LiN6IO9?=',
      'postmaster@d.example',
      'Content-Type: text/plain; charset=UTF-8\n',
    )}\nメールを配信できませんでした。\n\n<u@d.example>: 宛先メールアドレスが見つかりません。\n`,
  ],
  [
    'spamhaus',
    'u@d.example soft',
    report('Undelivered Mail Returned to Sender', 'MAILER-DAEMON@ours.example') +
      `\n<u@d.example>: host mx[1.2.3.4] said: 550 5.1.1 Mail from 192.0.2.1 refused, see http://www.spamhaus.org/query/bl (in reply to RCPT TO command)\n`,
  ],
  [
    'noaccount',
    'u@d.example hard',
    report('Undelivered Mail Returned to Sender', 'MAILER-DAEMON@ours.example') +
      `\n<u@d.example>: host mx[1.2.3.4] said: 550 #5.1.0 Address rejected. (in reply to RCPT TO command)\n`,
  ],
  [
    'rcptfail',
    'u@d.example hard',
    report('Undelivered Mail Returned to Sender', 'MAILER-DAEMON@ours.example') +
      `\n<u@d.example>: host mx[1.2.3.4] said: 550 Requested action not taken: mailbox unavailable (in reply to RCPT TO command)\n`,
  ],
  [
    'nomx',
    'u@d.example hard',
    report('Undelivered Mail Returned to Sender', 'MAILER-DAEMON@ours.example') +
      `\n<u@d.example>: Host or domain name not found. Name service error for name=d.example type=A: Host not found\n`,
  ],
  [
    'tempdns',
    'u@d.example soft',
    report('Undelivered Mail Returned to Sender', 'MAILER-DAEMON@ours.example') +
      `\n<u@d.example>: Host or domain name not found. Name service error for name=d.example type=MX: Host not found, try again\n`,
  ],
];

test.each(REPORTS)('%s: %s', async (_, expected, message) => {
  const read = await readIncomingMail(Buffer.from(message));
  const said =
    read.kind === 'bounce'
      ? read.recipients.map(({ address, hard }) => `${address} ${hard ? 'hard' : 'soft'}`).join()
      : read.kind;
  expect(said).toBe(expected);
});
