import { createHmac, createSign, generateKeyPairSync, sign } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { beforeEach, describe, expect, test } from 'vitest';
import { type ProviderName, receiveWebhook } from '@/lib/mail/receive/webhooks/receive';
import { emptyTables, testDatabase } from '../database';
import { addReader } from '../digest/world';

const db = await testDatabase();
const NOW = new Date('2026-11-24T08:00:00Z');
const SECONDS = String(NOW.getTime() / 1000);
const READER = 'reader@example.net';
const TOPIC = 'arn:aws:sns:eu-west-1:123456789012:bounces';
const fixture = (name: string) => readFileSync(`tests/fixtures/sns/${name}.pem`, 'utf8');
const sendgridKeys = generateKeyPairSync('ec', { namedCurve: 'P-256' });

const SECRETS: Record<ProviderName, string> = {
  ses: TOPIC,
  postmark: 'a password of some length',
  sendgrid: sendgridKeys.publicKey.export({ type: 'spki', format: 'der' }).toString('base64'),
  mailgun: 'key-0123456789abcdef',
};

interface Post {
  headers: Record<string, string>;
  text: string;
}

const asked: string[] = [];
const fakeFetch = (async (url: string) => {
  asked.push(url);
  return new Response(fixture('certificate'));
}) as typeof fetch;

const receive = (name: ProviderName, { headers, text }: Post, now = NOW) =>
  receiveWebhook(
    db,
    name,
    { headers: new Headers(headers), text },
    { secret: SECRETS[name], senderDomain: 'papers.example.org', now, fetch: fakeFetch },
  );

function sns(changes: Record<string, string>, topic = TOPIC): Post {
  const message: Record<string, string> = {
    Type: 'Notification',
    MessageId: '22b80b92-fdea-4c2c-8f9d-bdfb0c7bf324',
    TopicArn: topic,
    Message: 'hello',
    Timestamp: NOW.toISOString(),
    SignatureVersion: '2',
    SigningCertURL: 'https://sns.eu-west-1.amazonaws.com/SimpleNotificationService-0123abc.pem',
    ...changes,
  };
  const names = [
    'Message',
    'MessageId',
    'Subject',
    'SubscribeURL',
    'Timestamp',
    'Token',
    'TopicArn',
    'Type',
  ];
  const text = names
    .filter((name) => name in message)
    .map((name) => `${name}\n${message[name]}\n`)
    .join('');
  const Signature = createSign('RSA-SHA256').update(text).sign(fixture('key'), 'base64');
  return { headers: {}, text: JSON.stringify({ ...message, Signature }) };
}

function sesBounce(type: string, messageId = 'delivery-1@papers.example.org') {
  return JSON.stringify({
    notificationType: 'Bounce',
    mail: { messageId: 'x', commonHeaders: { messageId: `<${messageId}>` } },
    bounce: {
      bounceType: type,
      bounceSubType: 'General',
      bouncedRecipients: [
        { emailAddress: READER, status: '5.1.1', diagnosticCode: 'smtp; 550 5.1.1 user unknown' },
      ],
    },
  });
}

function postmark(event: object, password = SECRETS.postmark): Post {
  const authorization = `Basic ${Buffer.from(`broadsheet:${password}`).toString('base64')}`;
  return { headers: { authorization }, text: JSON.stringify(event) };
}

function sendgrid(events: object[], timestamp = SECONDS): Post {
  const text = JSON.stringify(events);
  const signature = sign('sha256', Buffer.from(timestamp + text), sendgridKeys.privateKey);
  return {
    headers: {
      'x-twilio-email-event-webhook-signature': signature.toString('base64'),
      'x-twilio-email-event-webhook-timestamp': timestamp,
    },
    text,
  };
}

function mailgun(data: object, timestamp = SECONDS, token = 'a token'): Post {
  const signature = createHmac('sha256', SECRETS.mailgun)
    .update(timestamp + token)
    .digest('hex');
  return {
    headers: {},
    text: JSON.stringify({
      signature: { timestamp, token, signature },
      'event-data': { id: 'e1', ...data },
    }),
  };
}

const hard: Record<ProviderName, Post> = {
  ses: sns({ Message: sesBounce('Permanent') }),
  postmark: postmark({
    RecordType: 'Bounce',
    ID: 42,
    Type: 'HardBounce',
    Email: READER,
    Details: 'smtp;550 5.1.1 unknown',
  }),
  sendgrid: sendgrid([
    {
      event: 'bounce',
      type: 'bounce',
      email: READER,
      reason: '550 no such user',
      status: '5.1.1',
      sg_event_id: 'a',
    },
  ]),
  mailgun: mailgun({
    event: 'failed',
    severity: 'permanent',
    recipient: READER,
    'delivery-status': { message: '550 no such user' },
  }),
};
const FULL = {
  event: 'failed',
  severity: 'permanent',
  recipient: READER,
  'delivery-status': { message: '552 mailbox full' },
};
const soft: Record<ProviderName, Post> = {
  ses: sns({ Message: sesBounce('Transient') }),
  postmark: postmark({
    RecordType: 'Bounce',
    ID: 43,
    Type: 'SoftBounce',
    Email: READER,
    Details: 'smtp;552 5.2.2 full',
  }),
  sendgrid: sendgrid([
    { event: 'bounce', type: 'blocked', email: READER, reason: '554 blocked', sg_event_id: 'b' },
  ]),
  mailgun: mailgun(FULL),
};
const complaint: Record<ProviderName, Post> = {
  ses: sns({
    Message: JSON.stringify({
      notificationType: 'Complaint',
      complaint: { complainedRecipients: [{ emailAddress: READER }] },
    }),
  }),
  postmark: postmark({ RecordType: 'SpamComplaint', ID: 44, Email: READER }),
  sendgrid: sendgrid([
    { event: 'spamreport', email: READER, sg_event_id: 'c' },
    { event: 'delivered', email: READER, sg_event_id: 'd' },
  ]),
  mailgun: mailgun({ event: 'complained', recipient: READER }),
};
const NAMES = Object.keys(SECRETS) as ProviderName[];

let readerId: number;
beforeEach(async () => {
  await emptyTables(db);
  ({ readerId } = await addReader(db, READER));
  asked.length = 0;
});

const status = async () => (await db.reader.findUniqueOrThrow({ where: { id: readerId } })).status;

describe.each(NAMES)('%s', (name) => {
  test('an address that does not exist is never written to again', async () => {
    expect(await receive(name, hard[name])).toMatchObject({ outcomes: { suppressed: 1 } });
    expect(await status()).toBe('suppressed');
  });

  test('what may pass is noted, and once', async () => {
    expect(await receive(name, soft[name])).toMatchObject({ outcomes: { noted: 1 } });
    const again = name === 'mailgun' ? mailgun(FULL, SECONDS, 'another token') : soft[name];
    expect(await receive(name, again)).toMatchObject({ outcomes: { known: 1 } });
    expect(await status()).toBe('active');
  });

  test('a complaint ends the subscription', async () => {
    expect(await receive(name, complaint[name])).toMatchObject({ outcomes: { suppressed: 1 } });
    expect(await db.suppression.findMany()).toMatchObject([{ reason: 'complaint' }]);
  });

  test('what was changed on its way, or not signed, changes nothing', async () => {
    const changed = {
      ...hard[name],
      text: hard[name].text.replaceAll(READER, 'other@example.net'),
    };
    const bare = {
      headers: {},
      text: hard[name].text.replace(/"signature":\{[^}]*\},|"Signature":"[^"]*"/i, '"x":1'),
    };
    // Postmark signs nothing, and Mailgun no more than a token.
    if (name === 'ses' || name === 'sendgrid') {
      expect(await receive(name, changed)).toEqual({ status: 'forged' });
    }
    expect((await receive(name, bare)).status).toBe('forged');
    expect(await status()).toBe('active');
  });
});

test.each([
  [
    'another password',
    'postmark',
    postmark({ RecordType: 'SpamComplaint', ID: 1, Email: READER }, 'wrong'),
  ],
  ['an old signature', 'sendgrid', sendgrid([], String(NOW.getTime() / 1000 - 200_000))],
  ['an old signature', 'mailgun', mailgun({ event: 'complained', recipient: READER }, '1000')],
  ['another topic', 'ses', sns({}, 'arn:aws:sns:eu-west-1:999999999999:evil')],
  [
    'a certificate from elsewhere',
    'ses',
    sns({
      SigningCertURL:
        'https://sns.eu-west-1.amazonaws.com.evil.example/SimpleNotificationService-0.pem',
    }),
  ],
  ...['s3', 's3-eu-west-1', 'evil', 'us-east-1'].map((label) => [
    `a certificate at sns.${label}.amazonaws.com`,
    'ses',
    sns({ SigningCertURL: `https://sns.${label}.amazonaws.com/SimpleNotificationService-0.pem` }),
  ]),
] as [string, ProviderName, Post][])(
  '%s (%s) is refused without a request of ours',
  async (_, name, post) => {
    expect(await receive(name, post)).toEqual({ status: 'forged' });
    expect(asked).toEqual([]);
  },
);

test('a subscription of our topic is confirmed at Amazon, nowhere else', async () => {
  const url = 'https://sns.eu-west-1.amazonaws.com/?Action=ConfirmSubscription&TopicArn=x&Token=y';
  const wanted = { Type: 'SubscriptionConfirmation', Token: 'y', SubscribeURL: url };
  expect(await receive('ses', sns(wanted))).toEqual({ status: 'confirmed' });
  expect(asked).toContain(url);
  asked.length = 0;
  await receive(
    'ses',
    sns({ ...wanted, SubscribeURL: 'https://evil.example/?Action=ConfirmSubscription&' }),
  );
  expect(asked.filter((each) => !each.includes('amazonaws.com'))).toEqual([]);
});

test('nobody’s address changes nothing', async () => {
  const post = postmark({
    RecordType: 'Bounce',
    ID: 9,
    Type: 'HardBounce',
    Email: 'nobody@example.net',
  });
  expect(await receive('postmark', post)).toMatchObject({ outcomes: { ignored: 1 } });
  expect(await db.suppression.count()).toBe(0);
});

test('a token of Mailgun’s is good for one post, whatever the second one says', async () => {
  expect(await receive('mailgun', soft.mailgun)).toMatchObject({ status: 'recorded' });
  expect(await receive('mailgun', complaint.mailgun)).toEqual({ status: 'forged' });
  expect(await receive('mailgun', soft.mailgun)).toEqual({ status: 'forged' });
  expect(await status()).toBe('active');
});

test.each([
  ['does not answer', async () => Promise.reject(new TypeError('fetch failed'))],
  ['answers with an error', async () => new Response('', { status: 500 })],
  ['answers with something else', async () => new Response('<html>')],
])('a post is neither believed nor lost where Amazon’s server %s', async (_, fetch) => {
  const url = 'https://sns.eu-west-1.amazonaws.com/SimpleNotificationService-ffff.pem';
  const { headers, text } = sns({ Message: sesBounce('Permanent'), SigningCertURL: url });
  const context = { secret: TOPIC, senderDomain: 'papers.example.org', now: NOW };
  const post = { headers: new Headers(headers), text };
  expect(await receiveWebhook(db, 'ses', post, { ...context, fetch: fetch as never })).toEqual({
    status: 'unavailable',
  });
  expect(await status()).toBe('active');
});
