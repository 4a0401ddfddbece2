import { sessionForm } from '@/app/session-form';
import { getDb } from '@/lib/db/client';
import { field, seeOther } from '@/lib/http/form';
import { renewFeed } from '@/lib/interests/feed-link';
import {
  changeInterest,
  createInterest,
  deleteInterest,
  type InterestChange,
  LONGEST_INTEREST_NAME,
  resetInterest,
} from '@/lib/interests/interest-store';
import { papersPasted } from '@/lib/interests/references';
import { oneLine } from '@/lib/runtime/one-line';
import { terms } from '@/lib/search/text/terms';

const FOR_YOU = { page: '/for-you', name: 'for-you', most: 300, saysOften: true };

const page = (parameters: Record<string, string>) =>
  seeOther(`/for-you?${new URLSearchParams(parameters)}`);

/** The forms of "for you". */
export async function POST(request: Request): Promise<Response> {
  const now = new Date();
  const posted = await sessionForm(request, FOR_YOU, now);
  if (posted instanceof Response) return posted;
  const { form, actor } = posted;
  const db = getDb();
  const key = field(form, 'interest');
  const [what, word = ''] = field(form, 'do').split(':') as [string, string?];
  switch (what) {
    case 'create': {
      const name = oneLine(field(form, 'name')).slice(0, LONGEST_INTEREST_NAME) || 'Pasted papers';
      const { papers, missing } = await papersPasted(db, field(form, 'papers'), now);
      if (papers.length === 0) return page({ problem: 'papers' });
      const made = await createInterest(db, actor, { name, papers }, now);
      if (made === null) return page({ problem: 'many' });
      return page({ interest: made.key, done: 'made', ...(missing && { missing: `${missing}` }) });
    }
    case 'feed':
      await renewFeed(db, actor);
      return page({ done: 'feed' });
    case 'delete':
      await deleteInterest(db, actor, key);
      return page({ done: 'deleted' });
    case 'reset':
      await resetInterest(db, actor, key);
      return page({ interest: key, done: 'reset' });
  }
  const change = changeOf(what, word, form);
  if (change === null) return page({ interest: key, problem: 'word' });
  if (!(await changeInterest(db, actor, key, change, now))) {
    return page({ problem: 'interest' });
  }
  return page({ interest: key, done: 'changed' });
}

/** As the index has words. */
const STEM = /^[\p{L}\p{N}]{1,64}$/u;

/** What a form changes of an interest; null of nothing, such as a word that the search does not know as one. */
function changeOf(what: string, word: string, form: FormData): InterestChange | null {
  switch (what) {
    case 'drop':
      return STEM.test(word) ? { drop: word } : null;
    case 'restore':
      return STEM.test(word) ? { restore: word } : null;
    case 'add': {
      const stems = terms(field(form, 'word').slice(0, 200)).map(({ stem }) => stem);
      return stems.length === 0 ? null : { add: stems };
    }
    case 'tune': {
      const balance = /^\d{1,3}$/.test(field(form, 'balance'))
        ? Number(field(form, 'balance'))
        : 50;
      return {
        balance: Math.min(100, balance) / 100,
        everywhere: field(form, 'everywhere') === 'yes',
      };
    }
    default:
      return null;
  }
}
