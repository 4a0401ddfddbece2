import { expect, it } from 'vitest';
import { DRAFT_COOKIE, draftCookie, type FormDraft, readDraft } from '@/lib/subscribers/form-draft';
import { DEFAULT_PREFERENCES } from '@/lib/subscribers/preferences';

const draft = (searches: string[] = []): FormDraft => ({
  email: 'reader@example',
  typed: { ...DEFAULT_PREFERENCES, maxPapers: '99', tags: ['peft'], searches },
  problems: { email: 'no such domain' },
});

const sentBack = (cookie: string) => cookie.slice(DRAFT_COOKIE.length + 1, cookie.indexOf(';'));

it('gives back what was typed', () => {
  const typed = draft(['lora -survey', 'naïve “quotes”; a=b']);
  expect(readDraft(sentBack(draftCookie('/subscribe', typed)))).toEqual(typed);
});

it('stays within what browsers keep, at the cost of the searches', () => {
  const noise = Array.from({ length: 10 }, (_, row) =>
    Array.from({ length: 300 }, (_, at) =>
      String.fromCharCode(0x4e00 + ((row * 7_919 + at * at * 31) % 20_000)),
    ).join(''),
  );
  const cookie = draftCookie('/preferences', draft(noise));
  expect(cookie.length).toBeLessThan(4_096);
  expect(readDraft(sentBack(cookie))).toEqual(draft());
});

it('takes nothing else for a draft', () => {
  const packed = sentBack(draftCookie('/subscribe', { ...draft(), typed: {} } as FormDraft));
  for (const value of [undefined, '', 'x', 'eyJlbWFpbCI6MX0', packed]) {
    expect(readDraft(value)).toBeNull();
  }
});
