import { describe, expect, it } from 'vitest';
import { storable } from '@/lib/db/storable';
import { draftOf } from '@/lib/papers/draft';
import { parseDoi, titleKey } from '@/lib/papers/identity';
import type { PaperRecord } from '@/lib/papers/paper';
import { webLink } from '@/lib/papers/web-link';

const NOW = new Date('2026-11-23T12:00:00Z');
const BAD = 'a\u0000b\ud800c';

function record(more: Partial<PaperRecord> = {}): PaperRecord {
  return {
    source: 'arxiv-oai',
    title: 'A Title',
    authors: ['Ann Author'],
    categories: [],
    keywords: [],
    signals: [],
    ...more,
  };
}

describe('a draft', () => {
  it('holds only text that the database takes, whatever the record holds', () => {
    const draft = draftOf(
      record({
        title: BAD,
        abstract: BAD,
        authors: [BAD],
        arxivId: BAD,
        doi: `10.1234/${BAD}`,
        categories: [BAD],
        keywords: [BAD],
        comment: `${'x'.repeat(1_999)}😀`,
        journalRef: BAD,
        license: BAD,
        codeUrl: 'https://github.com/a/\ud800',
        projectUrl: `https://example.org/${BAD}`,
        tldr: BAD,
      }),
      NOW,
    );
    const strings: string[] = [];
    JSON.stringify(draft, (_, value) => {
      if (typeof value === 'string') strings.push(value);
      return value;
    });
    expect(strings.length).toBeGreaterThan(10);
    expect(strings.filter((text) => text !== storable(text))).toEqual([]);
  });

  it('cuts a long note before a character, never within one', () => {
    const draft = draftOf(record({ comment: `${'x'.repeat(1_999)}😀` }), NOW);
    expect(draft).toMatchObject({ comment: 'x'.repeat(1_999) });
  });

  it('drops versions and dates that are none', () => {
    const made = (more: Partial<PaperRecord>) => draftOf(record(more), NOW);
    expect(made({ version: 99_999_999_999 })).toMatchObject({ version: null });
    expect(made({ version: 2 })).toMatchObject({ version: 2 });
    expect(made({ publishedAt: new Date(Number.NaN) })).toMatchObject({ publishedAt: null });
  });
});

it('never takes for an identity or an address what no database could hold', () => {
  expect(parseDoi('10.1234/a\u0000b')).toBeNull();
  expect(parseDoi('10.1234/a\ud800')).toBeNull();
  expect(webLink('https://github.com/a/\ud800')).toBeNull();
  const key = titleKey(`${'x'.repeat(179)}${'𐐨'.repeat(50)}`);
  expect(key).toBe(storable(key));
});
