import { describe, expect, test } from 'vitest';
import { diagnose } from '@/lib/mail/receive/diagnose';
import { reasonOf, reasonOfStatus } from '@/lib/mail/wire/reason';

describe('why a server refused', () => {
  test.each([
    ['5.1.1', 'unknown-address'],
    ['5.1.3', 'unknown-address'],
    ['5.1.2', 'unknown-domain'],
    ['5.1.10', 'unknown-domain'],
    ['5.1.6', 'moved'],
    ['5.1.7', 'policy'],
    ['5.1.8', 'policy'],
    ['5.2.1', 'disabled'],
    ['4.2.2', 'mailbox-full'],
    ['5.2.3', 'too-large'],
    ['5.2.4', null],
    ['5.3.4', 'too-large'],
    ['4.3.2', 'system'],
    ['4.4.7', 'unreachable'],
    ['5.5.2', 'protocol'],
    ['5.6.3', 'protocol'],
    ['5.7.26', 'policy'],
    ['5.0.0', null],
    ['5.9.1', null],
  ])('is told by the enhanced status %s: %s', (status, reason) => {
    expect(reasonOfStatus(status)).toBe(reason);
  });

  test.each([
    [552, 'mailbox-full'],
    [551, 'moved'],
    [530, 'policy'],
    [534, 'policy'],
    [535, 'policy'],
    [500, 'protocol'],
    [501, 'protocol'],
    [502, 'protocol'],
    [503, 'protocol'],
    [504, 'protocol'],
    [550, 'unspecified'],
    [null, 'unspecified'],
  ])('is told by the reply code %s where there is nothing else: %s', (code, reason) => {
    expect(reasonOf({ code, enhanced: null, text: 'Sorry' })).toBe(reason);
    expect(reasonOf({ code, enhanced: '5.0.0', text: 'Sorry' })).toBe(reason);
  });

  test('is what its words say, before any code; then the enhanced status', () => {
    expect(reasonOf({ code: 552, enhanced: '5.2.2', text: 'User unknown' })).toBe(
      'unknown-address',
    );
    expect(reasonOf({ code: 552, enhanced: '5.7.1', text: 'Sorry' })).toBe('policy');
  });
});

describe('a failed recipient', () => {
  const ADDRESS = 'reader@example.net';
  const of = (status: string | null, texts: string[], delayed = false) =>
    diagnose(ADDRESS, status, texts, delayed);

  test('has the reason that its own server words, before any status', () => {
    expect(of('5.2.2', ['550 5.2.2 no such user here'])).toMatchObject({
      reason: 'unknown-address',
      hard: true,
    });
  });

  test('has the reason of a status that says something, before words of the report about it', () => {
    const about = 'the mailbox is full';
    expect(of('5.1.1', ['', about, ''])).toMatchObject({ reason: 'unknown-address', hard: true });
    expect(of('5.5.0', ['', about, ''])).toMatchObject({ reason: 'mailbox-full', hard: false });
    expect(of(null, ['', about, ''])).toMatchObject({ reason: 'mailbox-full' });
  });

  test('has the reason of a status, however vague, before words of the whole report', () => {
    const whole = 'Some had no such user.';
    expect(of('5.5.0', ['', '', whole]).reason).toBe('protocol');
    expect(of('5.0.0', ['', '', whole]).reason).toBe('unknown-address');
    expect(of(null, ['', '', 'Sorry.']).reason).toBe('unspecified');
  });

  test('has the status that is quoted where the given one says nothing', () => {
    expect(of('5.0.0', ['550 5.1.1 Sorry'])).toMatchObject({
      status: '5.1.1',
      reason: 'unknown-address',
    });
    expect(of('5.0.0', ['', 'it said 4.2.2', 'then 5.1.1']).status).toBe('4.2.2');
    expect(of('5.0.0', ['Sorry']).status).toBe('5.0.0');
    expect(of('5.2.1', ['550 5.1.1 Sorry']).status).toBe('5.2.1');
    expect(of(null, ['550 5.1.1 Sorry']).status).toBe('5.1.1');
    expect(of(null, ['Sorry']).status).toBeNull();
  });

  test('has no status or words that are but a network address or its own', () => {
    expect(of(null, ['mx 5.1.1.7 said no']).status).toBeNull();
    expect(of(null, ['mx 10.5.1.1 said no']).status).toBeNull();
    const odd = diagnose('mailbox-full@example.net', null, ['550 mailbox-full@example.net'], false);
    expect(odd.reason).toBe('unspecified');
    expect(of(null, ['550 <spam@example.org> Sorry']).reason).toBe('unspecified');
  });

  test('is never given up for a failure that passes, whatever the words', () => {
    const unknown = 'User unknown';
    expect(of('4.1.1', [unknown]).hard).toBe(false);
    expect(of(null, [`450 ${unknown}`]).hard).toBe(false);
    expect(of('4.5.0', [unknown]).hard).toBe(false);
    expect(of('5.1.1', [unknown], true).hard).toBe(false);
    expect(of('5.1.1', [unknown]).hard).toBe(true);
    expect(of(null, [unknown]).hard).toBe(true);
    expect(of(null, [`550 ${unknown}`]).hard).toBe(true);
  });

  test('is given up for a precise status, whatever reply code stands before it', () => {
    expect(of('5.1.1', ['450 User unknown']).hard).toBe(true);
    expect(of('4.0.0', ['550 User unknown']).hard).toBe(true);
    expect(of('5.0.0', ['450 User unknown']).hard).toBe(false);
  });

  test('is given up where the domain does not exist and the server says nothing more precise', () => {
    const gone = 'Host or domain name not found';
    expect(of('4.0.0', [gone])).toMatchObject({ reason: 'unknown-domain', hard: true });
    expect(of('4.0.0', [gone], true).hard).toBe(false);
    expect(of('4.4.3', [gone]).hard).toBe(false);
    expect(of(null, [`450 ${gone}`]).hard).toBe(false);
  });

  test('is not judged by the label that a gateway puts before every refusal', () => {
    const label = '5.1.0 - Unknown address error 554-';
    expect(of(null, [`${label}'spam'`])).toMatchObject({ reason: 'policy', hard: false });
  });

  test('keeps what the server said, else the report: one line of 500 characters at most', () => {
    expect(of(null, [' 550\r\n  no\tsuch user ']).diagnostic).toBe('550 no such user');
    expect(of(null, [' ', 'about it', 'all of it']).diagnostic).toBe('about it');
    expect(of(null, ['x'.repeat(600)]).diagnostic).toBe('x'.repeat(500));
    expect(of(null, []).diagnostic).toBe('');
    expect(of(null, [`550 <${ADDRESS}>: no`]).diagnostic).toBe(`550 <${ADDRESS}>: no`);
  });
});
