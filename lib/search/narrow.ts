import { type AvailableChip, type ChosenChip, type FilterLink, fitting } from '@/lib/feed/chips';
import type { Facets } from '@/lib/search/facets';
import {
  type Clause,
  formatClause,
  formatQuery,
  type SearchQuery,
  searchPath,
} from '@/lib/search/query/clause';
import { shortTagName, tagBySlug } from '@/lib/tags/taxonomy';

/** A way to narrow a search down, or to leave papers out. */
export interface Choice {
  label: string;
  count: string;
  add: FilterLink;
  /** Null where leaving out means nothing. */
  leaveOut: FilterLink | null;
}

export interface SearchChips {
  /** Every part of the query that filters; plain words stand in the search box. */
  chosen: ChosenChip[];
  /** The most useful parts to add, as many as fit a bar. */
  available: AvailableChip[];
  /** All of them. */
  groups: { name: string; choices: Choice[] }[];
  /** The plain words alone. */
  clear: FilterLink;
}

/** Room for chips at 1200 px, beside the menus and with one chip for a field, a year and code each. */
const ROOM = 500;

/** The filters of a search: those it has, and those that would leave some of its papers. */
export function searchChips(query: SearchQuery, facets: Facets): SearchChips {
  const chosen = chosenParts(query);
  const narrowed = (clauses: readonly Clause[]) => linkTo(query, [...query.clauses, ...clauses]);
  const choice = (label: string, count: number, ...clauses: Clause[]): Choice => ({
    label,
    count: count.toLocaleString('en'),
    add: narrowed(clauses),
    leaveOut:
      clauses.length === 1 ? narrowed(clauses.map((each) => ({ ...each, exclude: true }))) : null,
  });
  // What every paper has would change nothing.
  const isUseful = ({ count }: { count: number }) => count > 0 && count < facets.papers;
  const isOn = (kind: Clause['kind'], value: string) =>
    query.clauses.some((clause) => clause.kind === kind && clause.value === value);
  const tags = facets.tags
    .filter((tag) => isUseful(tag) && !isOn('tag', tag.slug))
    .map(({ slug, count }) => choice(shortTagName(slug), count, field('tag', slug)));
  const categories = facets.categories
    .filter((each) => isUseful(each) && !isOn('cat', each.category))
    .map(({ category, count }) => choice(category, count, field('cat', category)));
  const years = facets.years
    .filter(isUseful)
    .map(({ year, count }) => choice(String(year), count, ...yearClauses(year)));
  const code = isUseful({ count: facets.withCode })
    ? [choice('Has code', facets.withCode, field('has', 'code'))]
    : [];
  const groups = [
    { name: 'Tags', choices: tags },
    { name: 'Field', choices: categories },
    { name: 'Year', choices: years },
    { name: 'Code', choices: code },
  ];
  const most = (choices: readonly Choice[]) =>
    choices.toSorted((a, b) => countOf(b) - countOf(a)).slice(0, 1);
  return {
    chosen,
    available: [...fitting(tags, ROOM), ...most(categories), ...most(years), ...code].map(
      ({ label, count, add }) => ({ ...add, slug: null, label, count }),
    ),
    groups: groups.filter(({ choices }) => choices.length > 0),
    clear: linkTo(query, query.clauses.filter(isPlain)),
  };
}

/** The search of one year among those that a query finds. */
export function yearPath(query: SearchQuery, year: number): string {
  return linkTo(query, [...query.clauses, ...yearClauses(year)]).href;
}

const countOf = ({ count }: Choice) => Number(count.replaceAll(',', ''));

const field = (kind: Clause['kind'], value: string): Clause => ({ kind, value, exclude: false });

const yearClauses = (year: number) => [
  field('after', String(year)),
  field('before', String(year + 1)),
];

/** Words that rank and filter nothing. */
const isPlain = ({ kind, exclude, require }: Clause) =>
  !exclude && !require && (kind === 'word' || kind === 'prefix' || kind === 'phrase');

function linkTo(query: SearchQuery, clauses: Clause[]): FilterLink {
  return { href: searchPath(formatQuery({ ...query, clauses })), nofollow: true };
}

function chosenParts(query: SearchQuery): ChosenChip[] {
  const year = yearOf(query.clauses);
  const parts = query.clauses
    .filter((clause) => !isPlain(clause) && !year?.clauses.includes(clause))
    .map((clause) => ({ clauses: [clause], label: labelOf(clause), name: nameOf(clause) }));
  if (year) parts.push(year);
  return parts.map(({ clauses, label, name }): ChosenChip => {
    const [only] = clauses;
    const others = query.clauses.filter((each) => !clauses.includes(each));
    const turned = { ...only!, exclude: !only!.exclude };
    return {
      label,
      name,
      kind: only!.exclude ? 'without' : 'with',
      turn:
        clauses.length === 1 && TURNED.has(only!.kind)
          ? linkTo(
              query,
              query.clauses.map((each) => (each === only ? turned : each)),
            )
          : null,
      remove: linkTo(query, others),
    };
  });
}

const TURNED: ReadonlySet<Clause['kind']> = new Set(['tag', 'cat', 'has', 'author']);

/** `after:2024 before:2025` says one thing: 2024. */
function yearOf(clauses: readonly Clause[]) {
  const after = clauses.filter(({ kind, exclude }) => kind === 'after' && !exclude);
  const before = clauses.filter(({ kind, exclude }) => kind === 'before' && !exclude);
  const [from, to] = [after[0], before[0]];
  if (!from || !to || after.length + before.length > 2) return null;
  if (!/^\d{4}$/.test(from.value) || Number(to.value) !== Number(from.value) + 1) return null;
  return { clauses: [from, to], label: from.value, name: from.value };
}

function labelOf(clause: Clause): string {
  const { kind, value } = clause;
  switch (kind) {
    case 'tag':
      return shortTagName(value);
    case 'has':
      return 'Has code';
    case 'cat':
    case 'id':
      return value;
    case 'after':
      return `since ${value}`;
    case 'before':
      return `before ${value}`;
    case 'author':
      return `by ${value}`;
    case 'title':
      return `“${value}” in the title`;
    default:
      return formatClause({ ...clause, exclude: false });
  }
}

const nameOf = (clause: Clause) =>
  clause.kind === 'tag' ? (tagBySlug(clause.value)?.name ?? clause.value) : labelOf(clause);
