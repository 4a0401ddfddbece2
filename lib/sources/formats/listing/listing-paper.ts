import { type ReadItem, rejectedBeginning } from '@/lib/ingest/read-item';
import type { PaperRecord, SignalKind, SignalReading } from '@/lib/papers/paper';
import { datedNotAfter, type PageDate } from '@/lib/sources/formats/listing/listing-dates';
import type { Fact } from '@/lib/sources/formats/listing/listing-facts';
import { doiIn, paperIn } from '@/lib/sources/formats/listing/listing-lines';
import { isSummary } from '@/lib/sources/formats/listing/listing-words';

type Counted = Extract<SignalKind, 'upvotes' | 'comments' | 'github-stars'>;

/** A paper of a page, as far as the page was read. */
export class PagePaper {
  readonly abstract: string[] = [];
  authors: string[] = [];
  organisation: string | null = null;
  date: PageDate | null = null;
  /** Facts have come since the title. */
  hasFacts = false;
  readonly counts = new Map<Counted, number>();
  /** Numbers without a word, in their order. */
  numbers: (number | null)[] = [];
  /** The next number is of this kind. */
  private awaited: Counted | null = null;

  /** What follows is no more abstract. */
  isClosed = false;

  constructor(
    public title: string,
    readonly line: number,
    readonly addresses: string[],
    readonly place: number,
  ) {}

  take(facts: readonly Fact[]): void {
    for (const fact of facts) {
      if (fact.kind === 'number') {
        if (this.awaited) this.count(this.awaited, fact.value);
        else this.numbers.push(fact.value);
        this.awaited = null;
      } else if (fact.kind === 'date') {
        this.date ??= fact.date;
      } else if (fact.kind !== 'other' && fact.kind !== 'separator') {
        if (fact.value === undefined) this.awaited = fact.kind;
        else this.count(fact.kind, fact.value);
      }
    }
    this.hasFacts ||= facts.length > 0;
    this.close();
  }

  /** Once it has an abstract, anything else ends it. */
  close(): void {
    this.isClosed ||= this.abstract.length > 0;
  }

  /** After facts that stood above its title. */
  reopen(): void {
    this.hasFacts = false;
    this.isClosed = false;
  }

  count(kind: Counted, value: number | null | undefined): void {
    if (value !== null && value !== undefined && !this.counts.has(kind))
      this.counts.set(kind, value);
  }

  /** What the numbers without a word are, in this order. */
  spread(kinds: readonly Counted[]): void {
    for (const [i, kind] of kinds.entries()) this.count(kind, this.numbers[i]);
  }

  item(day: Date, now: Date): ReadItem {
    const abstract = this.abstract.join('\n\n');
    const seenAt = day;
    const signals: SignalReading[] = [{ kind: 'listing-place', value: this.place, seenAt }];
    for (const [kind, value] of this.counts) signals.push({ kind, value, seenAt });
    const record: PaperRecord = {
      source: 'listing',
      title: this.title,
      ...(abstract !== '' && { abstract }),
      ...(abstract !== '' && isSummary(abstract) && { abstractKind: 'summary' as const }),
      authors: this.authors,
      arxivId: paperIn(this.addresses),
      doi: doiIn(this.addresses),
      categories: [],
      keywords: [],
      publishedAt: this.date ? datedNotAfter(this.date, now) : undefined,
      signals,
    };
    return { kind: 'record', at: `line ${this.line}`, record };
  }
}

const MOST_LEFT_OUT = 4_000;

/** Lines that are no paper, those in a row as one: nothing reads them again as if they stood alone. */
export class LeftOut {
  private first = 0;
  private reason = '';
  private texts: string[] = [];
  private length = 0;

  *add(line: number, text: string, reason: string): Generator<ReadItem> {
    if (this.reason !== reason || this.length > MOST_LEFT_OUT) yield* this.flush();
    if (this.texts.length === 0) this.first = line;
    this.reason = reason;
    this.texts.push(text);
    this.length += text.length;
  }

  *flush(): Generator<ReadItem> {
    if (this.texts.length === 0) return;
    const raw = this.texts.join('\n');
    const shown = this.texts[0]!.length > 60 ? `${this.texts[0]!.slice(0, 60)}…` : this.texts[0]!;
    const reason = this.reason === NO_PAPER ? `${NO_PAPER}: ${JSON.stringify(shown)}` : this.reason;
    yield rejectedBeginning(`line ${this.first}`, reason, raw);
    this.texts = [];
    this.length = 0;
    this.reason = '';
  }
}

export const NO_PAPER = 'of no paper';
export const NO_ABSTRACT = 'a title without an abstract; --format listing takes it for a paper';
