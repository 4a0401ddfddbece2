import type { ModelDb } from '@/lib/db/sql';
import type { Actor } from './actor';
import { savePaper, unsavePaper } from './library-store';
import { castVote, takeVoteBack } from './vote-store';

/** What one press of a button says of a paper. */

export type Mark = 'vote' | 'save' | 'dismiss';

export interface MarkRequest {
  mark: Mark;
  /** Takes it back. */
  undo: boolean;
  paperId: number;
}

/** `vote:12`, or `unvote:12` to take it back. */
export function readMark(text: string): MarkRequest | null {
  const [, undo, mark, id] = /^(un)?(vote|save|dismiss):(\d{1,9})$/.exec(text) ?? [];
  if (!mark || !id) return null;
  return { mark: mark as Mark, undo: undo !== undefined, paperId: Number(id) };
}

/** False of a paper that is not here. */
export async function putMark(
  db: ModelDb,
  actor: Actor,
  { mark, undo, paperId }: MarkRequest,
  network: string | null,
  now: Date,
): Promise<boolean> {
  if (mark === 'save') {
    if (undo) await unsavePaper(db, actor, { paperId });
    else return (await savePaper(db, actor, { paperId, network }, now)) !== null;
  } else if (undo) {
    await takeVoteBack(db, actor, paperId);
  } else {
    return castVote(db, actor, { paperId, value: mark === 'vote' ? 1 : -1, network }, now);
  }
  return true;
}
