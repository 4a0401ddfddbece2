import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { installLog, type LogSettings, redact } from '@/lib/runtime/log.mjs';
import { PURPOSES, type Purpose, signToken } from '@/lib/subscribers/link-tokens';

const settings: LogSettings = { format: 'json', level: 'info', secrets: ['hunter-2-password'] };
const before = { ...console };
let lines: string[] = [];

beforeEach(() => {
  lines = [];
  const keep = (text: unknown) => {
    lines.push(String(text));
    return true;
  };
  vi.spyOn(process.stdout, 'write').mockImplementation(keep);
  vi.spyOn(process.stderr, 'write').mockImplementation(keep);
});
afterEach(() => {
  vi.restoreAllMocks();
  Object.assign(console, before);
});

test('json: a line each, with time, level, message and request, however many lines a message has', () => {
  installLog(settings, () => 'abc123');
  console.error('Job failed:', new Error('two\nlines'));
  expect(lines).toHaveLength(1);
  expect(lines[0]!.trimEnd()).not.toContain('\n');
  expect(JSON.parse(lines[0]!)).toMatchObject({
    level: 'error',
    request: 'abc123',
    message: expect.stringContaining('two\nlines'),
  });
  expect(Date.parse(JSON.parse(lines[0]!).time)).not.toBeNaN();
});

test('text: as it was, with the request behind it', () => {
  installLog({ ...settings, format: 'text' }, () => 'abc123');
  console.log('Broadsheet is at http://localhost:3000');
  expect(lines).toEqual(['Broadsheet is at http://localhost:3000 [request abc123]\n']);
});

test('what is below the level is left out', () => {
  installLog({ ...settings, level: 'warn' });
  console.debug('a');
  console.log('b');
  console.warn('c');
  console.error('d');
  expect(lines.map((line) => JSON.parse(line).message)).toEqual(['c', 'd']);
});

describe('never in a log', () => {
  const key = '0198c0de-1234-7abc-8def-0123456789ab';
  const now = new Date('2026-11-29T12:00:00Z');
  const tokens = (Object.keys(PURPOSES) as Purpose[]).flatMap((purpose) =>
    [undefined, key].map((subject) =>
      signToken(purpose, { readerKey: key, epoch: 3, subject }, now, 'a secret of sixteen'),
    ),
  );

  test.each([
    ['a mail address', 'ada.lovelace+news@mail.example.org', '550 <X>: no such user, X'],
    ['a login in a URL', 'user:p4ss', 'connect smtp://X@mail.example.org failed'],
    ['a bearer token', 'abc.def-123', 'Authorization: Bearer X'],
    ['the outbox key', 'k3yOfTheOutbox', 'GET /outbox?key=X'],
    ['a reader’s key', key, 'reader X'],
    ['a setting’s value', 'hunter-2-password', 'login X refused'],
    ['a token of GitHub', 'ghp_16C7e42F292c6912E7710c838347Ae178B4a', 'GitHub refused X'],
  ])('%s', (_, secret, line) => {
    expect(redact(line.replaceAll('X', secret), settings.secrets)).not.toContain(secret);
  });

  test('a link’s token, of whatever purpose', () => {
    for (const token of tokens) {
      for (const part of redact(`GET /unsubscribe/${token} 500`).split(/[\s/]/)) {
        expect(token).not.toContain(part.length > 4 ? part : '\0');
      }
    }
  });
});

test('what an operator needs stays: paths, numbers, tags, versions, stack frames', () => {
  for (const line of [
    'GET /papers/12345 200 12 ms',
    'GET /tags/parameter-efficient-fine-tuning 200',
    '2 migrations applied: 20261128210000_baseline',
    '    at listFeed (/srv/broadsheet/lib/feed/query.ts:52:9)',
    'Broadsheet is at http://localhost:3000',
    'HTTP 503 from https://export.arxiv.org/oai2?verb=ListRecords',
  ]) {
    expect(redact(line)).toBe(line);
  }
});
