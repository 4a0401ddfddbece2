import { type Db, sql, transaction } from '@/lib/db/sql';
import type { Term } from '@/lib/search/text/terms';

interface StemChange {
  /** The words that have this stem. */
  forms: string[];
  /** Change in the number of papers with the stem. */
  n: number;
  /** The paper that was counted last. */
  paper: number;
}

/** How the lexicon changes through one batch of papers. */
export class LexiconChanges {
  private readonly changes = new Map<string, StemChange>();
  private papers = 0;

  /** A paper has these terms. */
  add(terms: readonly Pick<Term, 'stem' | 'word'>[]): void {
    this.papers += 1;
    for (const { stem, word } of terms) {
      const change = this.of(stem);
      if (change.paper !== this.papers) {
        change.paper = this.papers;
        change.n += 1;
      }
      if (!change.forms.includes(word)) change.forms.push(word);
    }
  }

  /** A paper no longer has the stems of this `ranked` text. */
  remove(ranked: string): void {
    for (const stem of new Set(ranked.split(/\s/))) if (stem) this.of(stem).n -= 1;
  }

  /** As the lists of `lexicon_change`, each with spaces between: words hold none. */
  lists(): Record<'stems' | 'counts' | 'shown' | 'forms' | 'formStems', string> {
    const stems: string[] = [];
    const counts: number[] = [];
    const shown: string[] = [];
    const forms: string[] = [];
    const formStems: string[] = [];
    for (const [stem, change] of this.changes) {
      const others = change.forms.filter((form) => form !== stem);
      if (change.n === 0 && others.length === 0) continue;
      stems.push(stem);
      counts.push(change.n);
      shown.push(others.length < change.forms.length ? '=' : (others[0] ?? '-'));
      for (const form of others) {
        forms.push(form);
        formStems.push(stem);
      }
    }
    return {
      stems: stems.join(' '),
      counts: counts.join(' '),
      shown: shown.join(' '),
      forms: forms.join(' '),
      formStems: formStems.join(' '),
    };
  }

  private of(stem: string): StemChange {
    let change = this.changes.get(stem);
    if (!change) {
      change = { forms: [], n: 0, paper: 0 };
      this.changes.set(stem, change);
    }
    return change;
  }
}

/**
 * Records the changes of a batch of papers, for `mergeLexicon`. Lists become arrays in the database: to
 * read literals of arrays would take it twice the time.
 */
export async function recordChanges(
  tx: Db,
  changes: LexiconChanges,
  papers: number,
): Promise<void> {
  const { stems, counts, shown, forms, formStems } = changes.lists();
  await tx.$executeRaw(sql`
    insert into lexicon_change (papers, stems, counts, shown, forms, form_stems)
    values (${papers}, string_to_array(${stems}, ' '), string_to_array(${counts}, ' ')::int[],
      string_to_array(${shown}, ' '), string_to_array(${forms}, ' '),
      string_to_array(${formStems}, ' '))`);
}

/** Below so many papers each batch is merged at once. */
const SMALL_CATALOGUE = 1_000;

/**
 * Merges what batches recorded into the lexicon, which rewrites a large part of it. `onlyWhenDue`: only
 * if the catalogue is small, or has grown fourfold since the last merge. See the folder's README.md.
 */
export async function mergeLexicon(
  db: Db,
  { onlyWhenDue }: { onlyWhenDue: boolean },
): Promise<{ merged: number }> {
  return transaction(db, (tx) => merge(tx, onlyWhenDue));
}

async function merge(tx: Db, onlyWhenDue: boolean): Promise<{ merged: number }> {
  if (onlyWhenDue) {
    const [state] = await tx.$queryRaw<{ due: boolean }[]>(sql`
      select coalesce(sum(papers), 0) >= coalesce(
        (select 3 * papers from lexicon_total where papers >= ${SMALL_CATALOGUE}::int), 0) as due
      from lexicon_change`);
    if (!state?.due) return { merged: 0 };
  }
  const merged = await tx.$executeRaw(sql`
    with taken as (
      delete from lexicon_change where id in (
        select id from lexicon_change order by id for update skip locked
      ) returning stems, counts, shown, forms, form_stems
    ),
    change as (
      select s, n, case w when '=' then s when '-' then null else w end as w
      from taken, unnest(stems, counts, shown) as u(s, n, w)
    ),
    form as (
      insert into lexicon_form as kept (word, stem)
      select f, min(s) from taken, unnest(forms, form_stems) as u(f, s)
      group by f order by f
      on conflict (word) do update set stem = excluded.stem where kept.stem <> excluded.stem
    )
    insert into lexicon_entry as kept (stem, word, papers)
    select s, coalesce(max(s) filter (where w = s), min(w), s), sum(n)
    from change group by s having sum(n) <> 0 order by s
    on conflict (stem) do update set papers = kept.papers + excluded.papers,
      word = case when excluded.word = kept.stem and excluded.papers > 0 then kept.stem
        else kept.word end`);
  await tx.$executeRaw(sql`
    insert into lexicon_total (id, papers, length)
    select 1, count(*), coalesce(sum(length), 0) from search_document
    on conflict (id) do update set papers = excluded.papers, length = excluded.length`);
  return { merged };
}
