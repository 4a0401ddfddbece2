import type { ReadingState } from '@/lib/db/generated/enums';

/** What a search asks for of a library, besides what it asks for of the papers. */
export interface LibraryQuery {
  /** What is left for the search of papers. */
  text: string;
  /** Whether it names a library at all. */
  inLibrary: boolean;
  shelf: string | null;
  state: ReadingState | null;
  label: string | null;
  /** What was not understood. */
  messages: string[];
}

const STATES: Readonly<Record<string, ReadingState>> = {
  unread: 'unread',
  'to-read': 'unread',
  reading: 'reading',
  read: 'read',
};

const PART = /(^|\s)(in|shelf|state|label):(?:"([^"]*)"|(\S+))(?=\s|$)/gi;

/** Reads `in:library`, `shelf:thesis`, `state:unread` and `label:"chapter 3"` out of a search. Pure. */
export function readLibraryQuery(typed: string): LibraryQuery {
  const query: LibraryQuery = {
    text: '',
    inLibrary: false,
    shelf: null,
    state: null,
    label: null,
    messages: [],
  };
  const text = typed.replace(PART, (part, before: string, name: string, quoted, bare) => {
    const value = String(quoted ?? bare).trim();
    switch (name.toLowerCase()) {
      case 'in':
        if (value.toLowerCase() !== 'library') return part;
        break;
      case 'shelf':
        query.shelf = value;
        break;
      case 'label':
        query.label = value;
        break;
      default:
        query.state = STATES[value.toLowerCase()] ?? null;
        if (query.state === null) {
          query.messages.push('“state:” wants one of unread, reading, read.');
        }
    }
    query.inLibrary = true;
    return before;
  });
  return { ...query, text: text.replace(/\s+/g, ' ').trim() };
}
