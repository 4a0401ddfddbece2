import type { ReadingState } from '@/lib/db/generated/enums';
import { STATES } from './library-store';

/** Which part of a library a page shows, and its one address. Pure. */
export interface LibraryView {
  /** Slug; null of the whole library. */
  shelf: string | null;
  state: ReadingState | null;
  label: string | null;
  noted: boolean;
  q: string;
}

export const STATE_NAMES: Readonly<Record<ReadingState, string>> = {
  unread: 'To read',
  reading: 'Reading',
  read: 'Read',
};

export function libraryPath(
  { shelf, state, label, noted, q }: LibraryView,
  after?: string,
): string {
  const params = new URLSearchParams();
  if (q) params.set('q', q);
  if (state) params.set('state', state);
  if (label !== null) params.set('label', label);
  if (noted) params.set('noted', '1');
  if (after) params.set('after', after);
  const path = shelf === null ? '/library' : `/library/${shelf}`;
  return params.size > 0 ? `${path}?${params}` : path;
}

/** The numbers of papers that a form or an address names; what is none is left out. */
export const readPaperIds = (texts: readonly string[]): number[] =>
  texts.filter((text) => /^\d{1,9}$/.test(text)).map(Number);

/** The view that an address asks for. */
export function readLibraryView(shelf: string | null, params: URLSearchParams): LibraryView {
  const state = params.get('state');
  return {
    shelf,
    state: STATES.find((each) => each === state) ?? null,
    label: params.get('label') || null,
    noted: params.get('noted') === '1',
    q: (params.get('q') ?? '').trim().slice(0, 4_000),
  };
}
