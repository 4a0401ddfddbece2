import type { ReadItem } from '@/lib/ingest/read-item';
import { rejectedBeginning } from '@/lib/ingest/read-item';
import { splitAuthors } from '@/lib/sources/formats/arxiv/author-line';
import type { Block } from '@/lib/sources/formats/listing/listing-blocks';
import { datedNotAfter, type PageDate } from '@/lib/sources/formats/listing/listing-dates';
import type { Fact } from '@/lib/sources/formats/listing/listing-facts';
import { paperIn } from '@/lib/sources/formats/listing/listing-lines';
import {
  LeftOut,
  NO_ABSTRACT,
  NO_PAPER,
  PagePaper,
} from '@/lib/sources/formats/listing/listing-paper';
import { outline, type PageShape } from '@/lib/sources/formats/listing/listing-shape';
import {
  isPersonal,
  isSectionTitle,
  LONGEST_TITLE,
  readsLikeNames,
  readsLikeOrganisation,
  readsLikeText,
  readsLikeTitle,
  turnsOfResearch,
} from '@/lib/sources/formats/listing/listing-words';

export interface PageContext {
  now: Date;
  date?: Date;
  /** Titles alone are papers too. */
  titlesAlone: boolean;
  /** Each line is an element of a web page. */
  unwrapped: boolean;
}

/** Short blocks in a row after which a page is taken for one of titles only. */
const LONGEST_DOUBT = 50;

/** The papers of a page whose shape is known, and what belongs to none of them. */
export async function* readPage(
  blocks: AsyncIterable<Block> | Iterable<Block>,
  shape: PageShape,
  context: PageContext,
): AsyncGenerator<ReadItem> {
  const page = new Page(shape, context);
  let held: Block | null = null;
  for await (const block of blocks) {
    if (held) yield* page.take(held, block);
    held = block;
  }
  if (held) yield* page.take(held, null);
  yield* page.end();
}

class Page {
  private day: Date | null;
  private place = 0;
  private papers = 0;
  private paper: PagePaper | null = null;
  /** Blocks that may be titles; the one next to an abstract is. */
  private pending: Block[] = [];
  private pendingAuthors: string[] = [];
  private pendingFacts: Fact[] = [];
  private pendingAddresses: string[] = [];
  /** Of the page with submitters: a paper has begun whose title is still to come. */
  private awaits: 'nothing' | 'submitter' | 'title' = 'nothing';
  private isOwned = false;
  private readonly leftOut = new LeftOut();

  constructor(
    private readonly shape: PageShape,
    private readonly context: PageContext,
  ) {
    this.day = context.date ?? null;
  }

  *take(block: Block, next: Block | null): Generator<ReadItem> {
    const owned = this.isOwned;
    this.isOwned = false;
    if (block.cut) {
      yield* this.finish();
      const reason = 'a line longer than any paper; is this the text of a page?';
      yield rejectedBeginning(`line ${block.line}`, reason, block.text);
    } else if (block.kind === 'address') {
      this.takeAddress(block, next);
    } else if (block.kind === 'submitter') {
      yield* this.takeSubmitter(block);
    } else if (this.awaits === 'submitter') {
      this.awaits = this.shape.opening === 'submitter' ? 'title' : 'nothing';
    } else if (block.kind === 'banner' || this.shape.repeated.has(outline(block.text))) {
      this.paper?.close();
    } else if (block.kind === 'facts') {
      yield* this.takeFacts(block, next, owned);
    } else if (this.shape.opening === 'alternation') {
      yield* this.takeByShape(block);
    } else {
      yield* this.takeWords(block);
    }
  }

  *end(): Generator<ReadItem> {
    yield* this.settle();
    yield* this.finish();
    yield* this.leftOut.flush();
    if (this.papers > 0 && !this.day) {
      const message = `The page has no date: read as of ${this.context.now.toISOString().slice(0, 10)}; --date says otherwise`;
      yield { kind: 'note', message };
    }
  }

  /** An address on a line of its own leads to what stands before it, on some pages to what follows. */
  private takeAddress({ addresses }: Block, next: Block | null): void {
    const title = this.pending.at(-1);
    if (this.shape.addressesBefore && next?.kind === 'words') this.pendingAddresses = addresses;
    else if (title) title.addresses.push(...addresses.slice(0, 10));
    else this.paper?.addresses.push(...addresses.slice(0, 10));
  }

  private *takeSubmitter(block: Block): Generator<ReadItem> {
    if (this.shape.opening === 'submitter') {
      yield* this.finish();
      this.pendingFacts = [];
      this.awaits = block.name === null ? 'submitter' : 'title';
    } else if (block.name === null) {
      this.awaits = 'submitter';
    }
  }

  private *takeFacts(block: Block, next: Block | null, owned: boolean): Generator<ReadItem> {
    const { facts, name } = block;
    this.isOwned = facts.at(-1)?.kind === 'separator';
    const [first] = facts;
    const bare = facts.length === 1 && first?.kind === 'date' && !first.owned && !owned;
    if (bare && this.isOfPage(next)) {
      yield* this.takeDay(block, first.date);
    } else if (this.isBeforeTitle()) {
      this.pendingFacts.push(...facts);
    } else {
      this.paper!.take(facts);
      this.paper!.organisation ??= name;
    }
  }

  private isBeforeTitle(): boolean {
    return this.awaits === 'title' || this.pending.length > 0 || this.paper === null;
  }

  /** Whether a line that is only a date is the page's day, or the day of a paper on it. */
  private isOfPage(next: Block | null): boolean {
    if (this.awaits === 'title') return false;
    if (this.paper === null || this.pending.length > 0) {
      return !(this.pending.length > 0 && next?.kind === 'words' && readsLikeText(next.text));
    }
    if (this.shape.opening === 'submitter') return false;
    return this.shape.dayFirst && !this.paper.hasFacts;
  }

  private *takeDay({ line, text }: Block, dated: PageDate): Generator<ReadItem> {
    // What stood above the date was not the first paper.
    if (this.papers === 0) yield* this.leavePending(NO_PAPER);
    else yield* this.settle();
    yield* this.finish();
    if (!this.context.date) {
      this.day = datedNotAfter(dated, this.context.now);
      if (dated.year === null) {
        const message = `line ${line}: "${text}" read as ${this.day.toISOString().slice(0, 10)}; --date says otherwise`;
        yield { kind: 'note', message };
      }
    }
    this.place = 0;
  }

  /** On a page whose titles are told by what stands at them. */
  private *takeWords(block: Block): Generator<ReadItem> {
    const { paper } = this;
    if (this.isOpening(block)) {
      yield* this.begin(block);
    } else if (paper === null) {
      yield* this.leftOut.add(block.line, block.text, NO_PAPER);
    } else if (readsLikeText(block.text) && !paper.isClosed && !this.isList(block, paper)) {
      this.settleTitle(paper);
      paper.abstract.push(block.text);
    } else if (
      paper.abstract.length === 0 &&
      paper.authors.length === 0 &&
      readsLikeNames(block.text)
    ) {
      paper.authors = splitAuthors(block.text);
    } else if (paper.organisation === null && !readsLikeText(block.text) && !isOwnNote(block)) {
      paper.organisation = block.text;
      paper.close();
    } else {
      yield* this.leftOut.add(block.line, block.text, NO_PAPER);
    }
  }

  /** Items of a list are no abstract of what stands above it. */
  private isList({ bullet }: Block, { abstract }: PagePaper): boolean {
    return bullet && abstract.length === 0 && this.shape.opening === 'heading';
  }

  /** Of two short blocks above an abstract the nearer is its title, if it is no place and no names. */
  private settleTitle(paper: PagePaper): void {
    const { organisation } = paper;
    if (this.shape.opening !== 'submitter' || paper.abstract.length > 0 || !organisation) return;
    if (readsLikeOrganisation(organisation) || readsLikeNames(organisation)) return;
    paper.organisation = paper.title;
    paper.title = organisation;
  }

  private isOpening(block: Block): boolean {
    const { text, heading, bullet, linked, addresses } = block;
    if (text.length > LONGEST_TITLE) return false;
    if (this.shape.opening === 'submitter') return this.awaits === 'title';
    if (this.shape.opening === 'heading') return heading === this.shape.level;
    if (this.shape.opening === 'bullet') return bullet;
    const id = paperIn(addresses);
    return linked && id !== undefined && id !== (this.paper && paperIn(this.paper.addresses));
  }

  /** On a page that has nothing but titles and abstracts in turn. */
  private *takeByShape(block: Block): Generator<ReadItem> {
    const { text, line } = block;
    const { paper } = this;
    const afterText = this.pending.length === 0 && paper !== null && paper.abstract.length > 0;
    if (readsLikeTitle(text, afterText)) {
      if (this.pending.length > 0 && this.pendingAuthors.length === 0 && readsLikeNames(text)) {
        this.pendingAuthors = splitAuthors(text);
        return;
      }
      if (this.pending.length === 0 && !this.shape.numbersBefore) this.pendingFacts = [];
      this.pending.push(block);
      if (this.pending.length > LONGEST_DOUBT) yield* this.settle();
      return;
    }
    if (block.bullet && (paper === null || this.pending.length > 0)) {
      yield* this.leftOut.add(line, text, NO_PAPER);
      return;
    }
    const title = this.takeTitle();
    if (title) {
      if (this.pending.length > 0 && paper && !this.shape.numbersBefore) {
        // They stood under a name that only looked like a title.
        paper.take(this.pendingFacts);
        this.pendingFacts = [];
      }
      yield* this.settle();
      yield* this.begin(title);
      this.paper!.abstract.push(text);
    } else if (paper && !paper.isClosed) {
      paper.abstract.push(text);
    } else {
      const reason = readsLikeText(text)
        ? 'an abstract without a title before it'
        : 'neither a title nor an abstract';
      yield* this.leftOut.add(line, text, reason);
    }
  }

  /** The last block above an abstract that is not the name of a place. */
  private takeTitle(): Block | undefined {
    const { pending } = this;
    for (let at = pending.length - 1; at >= 0 && at > pending.length - 5; at--) {
      if (readsLikeOrganisation(pending[at]!.text)) continue;
      const [title] = pending.splice(at);
      return title;
    }
    return pending.pop();
  }

  private *begin(title: Block): Generator<ReadItem> {
    const votes = this.votesBefore();
    yield* this.finish();
    this.awaits = 'nothing';
    this.papers++;
    const text = title.text.replace(/\s*[(<]https?:\/\/[^\s()<>]+[)>]$/, '');
    const counted = COUNTED_TITLE.exec(text);
    const addresses = [...this.pendingAddresses, ...title.addresses];
    const place = ++this.place;
    this.paper = new PagePaper(counted?.[1] ?? text, title.line, addresses, place);
    this.paper.count('upvotes', counted ? Number(counted[2]) : votes);
    this.paper.authors = this.pendingAuthors;
    this.paper.take(this.pendingFacts);
    this.paper.reopen();
    this.pendingAuthors = [];
    this.pendingFacts = [];
    this.pendingAddresses = [];
  }

  /** In search pages the last number before a title is the next paper's. */
  private votesBefore(): number | null | undefined {
    if (!this.shape.numbersBefore && this.shape.opening !== 'submitter') return undefined;
    const before = this.pendingFacts.filter((fact) => fact.kind === 'number');
    this.pendingFacts = this.pendingFacts.filter((fact) => fact.kind !== 'number');
    if (before.length > 0) return before.at(-1)!.value;
    return this.shape.numbersBefore ? this.paper?.numbers.pop() : undefined;
  }

  private *finish(): Generator<ReadItem> {
    const { paper } = this;
    this.paper = null;
    if (!paper) return;
    const hasVotes = this.shape.opening === 'submitter' && paper.counts.has('upvotes');
    if (!this.shape.numbersBefore && !hasVotes) {
      paper.spread(['upvotes', 'comments']);
    } else {
      paper.spread(paper.numbers.length > 1 ? ['github-stars', 'comments'] : ['comments']);
    }
    if (!this.isAnchored() && isNoPaper(paper)) {
      yield* this.leftOut.add(paper.line, [paper.title, ...paper.abstract].join('\n\n'), NO_PAPER);
      return;
    }
    if (paper.abstract.length === 0 && !this.context.titlesAlone) {
      yield* this.leftOut.add(paper.line, paper.title, NO_ABSTRACT);
      return;
    }
    yield* this.leftOut.flush();
    yield paper.item(this.day ?? this.context.now, this.context.now);
  }

  private isAnchored(): boolean {
    return this.shape.opening === 'submitter' || this.shape.opening === 'link';
  }

  /** What may have been titles has no abstract. */
  private *settle(): Generator<ReadItem> {
    if (!this.context.titlesAlone || this.pending.length === 0) {
      yield* this.leavePending(NO_ABSTRACT);
      return;
    }
    const waiting = this.pending;
    this.pending = [];
    for (const block of waiting) {
      if (this.papers === 0 && block.text.split(/\s+/).length < 4) {
        yield* this.leftOut.add(block.line, block.text, NO_PAPER);
      } else {
        yield* this.begin(block);
      }
    }
  }

  private *leavePending(reason: string): Generator<ReadItem> {
    const waiting = this.pending;
    this.pending = [];
    if (waiting.length > 0) yield* this.finish();
    for (const { line, text } of waiting) yield* this.leftOut.add(line, text, reason);
  }
}

/** A part of an article, or a page that speaks to its reader. */
function isNoPaper({ title, abstract }: PagePaper): boolean {
  if (isSectionTitle(title)) return true;
  const text = abstract.join('\n\n');
  return isPersonal(text) && turnsOfResearch(text) < 2;
}

/** `Title (113 ▲)` */
const COUNTED_TITLE =
  /^(.+?)\s*[([]\s*(?:▲|△|👍|⬆️?|\+)?\s*(\d{1,6})\s*(?:▲|△|👍|⬆️?|upvotes?|votes?)?\s*[)\]]$/iu;

function isOwnNote({ heading, bullet }: Block): boolean {
  return heading > 0 || bullet;
}
