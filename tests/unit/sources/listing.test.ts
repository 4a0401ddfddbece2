import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { read, records, rejections, sharedFile } from './reading';

const abstract = (subject: string) =>
  `We study ${subject} at length and report what we find. ${'The results hold on every benchmark that we tried, by a wide margin. '.repeat(5)}`.trim();

const page = (...blocks: string[]) => blocks.join('\n\n');

describe('reading the text of a trending page', () => {
  it('takes title and abstract alternately and the place on the page as a signal', async () => {
    const items = await read(
      page(
        'new',
        'Subscribe',
        'byAK and the research community',
        'Mar 12',
        'A First Paper',
        abstract('one'),
        'Second paper of the day',
        abstract('two'),
      ),
    );
    expect(
      records(items).map(({ title, abstract: text, signals }) => [title, text, signals]),
    ).toEqual([
      [
        'A First Paper',
        abstract('one'),
        [{ kind: 'listing-place', value: 1, seenAt: new Date('2026-03-12') }],
      ],
      [
        'Second paper of the day',
        abstract('two'),
        [{ kind: 'listing-place', value: 2, seenAt: new Date('2026-03-12') }],
      ],
    ]);
    expect(rejections(items)).toEqual([]);
  });

  it('counts the places anew under each date, and each place is of that date', async () => {
    const items = await read(
      page('Mar 12', 'Yesterday at the Top', abstract('one'), 'Yesterday Below', abstract('two')) +
        page('', 'Mar 11', 'Before That at the Top', abstract('three')) +
        page(
          '',
          'Mar 10',
          'Long Ago at the Top',
          abstract('four'),
          'Long Ago Below',
          abstract('five'),
        ),
    );
    expect(
      records(items).map(({ signals: [signal] }) => [
        signal?.value,
        signal?.seenAt.toISOString().slice(0, 10),
      ]),
    ).toEqual([
      [1, '2026-03-12'],
      [2, '2026-03-12'],
      [1, '2026-03-11'],
      [1, '2026-03-10'],
      [2, '2026-03-10'],
    ]);
  });

  it('takes a day without a year for the latest one not after today', async () => {
    const items = await read(page('Dec 24', 'A paper with a title', abstract('x')));
    expect(records(items)[0]?.signals[0]?.seenAt).toEqual(new Date('2025-12-24'));
  });

  it('takes titles that begin like a month for titles', async () => {
    const items = await read(
      page('Mar 12', 'Marigold 2', abstract('x'), 'Decoder 3', abstract('y'), 'May 2, 2024'),
      { date: new Date('2024-03-12') },
    );
    expect(records(items).map(({ title }) => title)).toEqual(['Marigold 2', 'Decoder 3']);
  });

  it.each([
    ['Monday, March 2nd', '2026-03-02'],
    ['Tue Sept 1', '2026-09-01'],
    ['Thurs., 5 November', '2026-11-05'],
    ['Sat. Feb. 28, 2025', '2025-02-28'],
  ])('reads the date %j', async (line, day) => {
    const items = await read(page(line, 'A paper with a title', abstract('x')));
    expect(records(items)[0]?.signals[0]?.seenAt).toEqual(new Date(day));
  });

  it('lets --date override the date on the page', async () => {
    const date = new Date('2024-03-12');
    const items = await read(page('Mar 12', 'A paper with a title', abstract('x')), { date });
    expect(records(items)[0]?.signals[0]?.seenAt).toEqual(date);
  });

  it.each([
    [
      'banners after the date',
      page('Mar 12', 'by AK and the research community', 'Subscribe', 'new'),
    ],
    ['an unknown banner', page('Welcome back', 'Mar 12')],
    ['banners on lines of their own without empty lines', 'new\nSubscribe\nby AK\nMar 12'],
    ['no banner at all', ''],
  ])('finds the papers with %s', async (_, banner) => {
    const items = await read(
      page(banner, 'The Title of the Paper', abstract('x'), 'Another Title', abstract('y')),
    );
    expect(records(items).map(({ title }) => title)).toEqual([
      'The Title of the Paper',
      'Another Title',
    ]);
  });

  const halfBare = page(
    'Mar 12',
    'Nothing Is Said About This One',
    'This One Has an Abstract',
    abstract('x'),
    'So Has the Third One',
    abstract('y'),
    'Neither Has the Last One',
  );

  it('leaves a title without an abstract out and lists it', async () => {
    const items = await read(halfBare);
    expect(records(items).map(({ title }) => title)).toEqual([
      'This One Has an Abstract',
      'So Has the Third One',
    ]);
    expect(rejections(items).map(({ raw, cut }) => [raw, cut])).toEqual([
      ['Nothing Is Said About This One', true],
      ['Neither Has the Last One', true],
    ]);
  });

  it('takes a title alone for a paper where the format is named', async () => {
    const items = await read(halfBare, { format: 'listing' });
    expect(records(items).map((paper) => [paper.title, paper.abstract !== undefined])).toEqual([
      ['Nothing Is Said About This One', false],
      ['This One Has an Abstract', true],
      ['So Has the Third One', true],
      ['Neither Has the Last One', false],
    ]);
  });

  it('refuses a page of titles, shows how it would be read and names the option', async () => {
    const titles = page('Mar 12', 'First Title of Three', 'Second Title of Three', 'Third of All');
    await expect(read(titles)).rejects.toThrow(
      /3 of 3 titles have no abstract; .*"First Title of Three" \(no abstract\), .*--format listing/,
    );
  });

  it('keeps the paragraphs of an abstract together', async () => {
    const items = await read(
      page(
        'A Title',
        abstract('x'),
        'Code is available at https://github.com/a/b',
        abstract('y'),
        'The second title',
        abstract('z'),
      ),
    );
    expect(records(items).map(({ title }) => title)).toEqual(['A Title', 'The second title']);
    expect(records(items)[0]?.abstract?.split('\n\n')).toHaveLength(3);
  });

  it('joins hard-wrapped lines', async () => {
    const items = await read(
      `A Title That Is\nWrapped\n\n${abstract('x').replaceAll('. ', '.\n')}`,
    );
    expect(records(items)).toMatchObject([
      { title: 'A Title That Is Wrapped', abstract: abstract('x') },
    ]);
  });

  it('names the line of an abstract without a title', async () => {
    const items = await read(page('Mar 12', abstract('x'), 'A Paper After It', abstract('y')));
    expect(rejections(items)).toMatchObject([
      { at: 'line 3', reason: 'an abstract without a title before it' },
    ]);
    expect(records(items)).toHaveLength(1);
  });

  it('reads the same however the bytes arrive, with Windows line ends and a byte-order mark too', async () => {
    const text = page(
      'Mar 12',
      'Grüße aus Zürich: a study',
      abstract('ü'),
      'Another Title',
      abstract('y'),
    );
    const whole = await read(text);
    expect(await read(text, { size: 1 })).toEqual(whole);
    expect(records(await read(`\uFEFF${text.replaceAll('\n', '\r\n')}`))).toEqual(records(whole));
    expect(records(await read(Buffer.from(`\uFEFF${text}`, 'utf16le')))).toEqual(records(whole));
  });

  it('reads Windows-1252 and says so', async () => {
    const items = await read(
      Buffer.from(page('Mar 12', 'Gr\xfc\xdfe from the Alps', abstract('x')), 'latin1'),
    );
    expect(records(items)[0]?.title).toBe('Grüße from the Alps');
    expect(items).toContainEqual({
      kind: 'note',
      message: 'line 3: not UTF-8, read as Windows-1252',
    });
  });

  it('rejects one endless line and reads on after it', async () => {
    const items = await read(page('x'.repeat(5_000_000), 'A Paper After It', abstract('y')), {
      format: 'listing',
    });
    expect(rejections(items)).toMatchObject([{ at: 'line 1' }]);
    expect(rejections(items)[0]!.raw.length).toBeLessThan(5_000);
    expect(records(items).map(({ title }) => title)).toEqual(['A Paper After It']);
  });

  const real = sharedFile('listing/trending-page.txt');
  it.skipIf(!real)('reads all 98 papers of a real page', async () => {
    const items = await read(readFileSync(real!));
    expect(records(items)).toHaveLength(98);
    expect(rejections(items)).toEqual([]);
    expect(records(items).every((paper) => (paper.abstract?.length ?? 0) > 200)).toBe(true);
    expect(records(items).map(({ signals }) => signals[0]?.value)).toEqual(
      Array.from({ length: 98 }, (_, i) => i + 1),
    );
  });
});
