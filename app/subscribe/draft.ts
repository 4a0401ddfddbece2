/** A form with a mistake in it, on its way back to the page that shows it again. */
export interface SubscribeDraft {
  email: string;
  problems: Record<string, string>;
  tags: string[];
}

export const DRAFT_COOKIE = 'subscribe-draft';

/** In a cookie of two minutes and not in the URL: addresses do not belong in anybody's log. */
export function draftCookie(draft: SubscribeDraft): string {
  const value = Buffer.from(JSON.stringify(draft)).toString('base64url');
  return `${DRAFT_COOKIE}=${value}; Path=/subscribe; Max-Age=120; HttpOnly; SameSite=Lax`;
}

export function readDraft(value: string | undefined): SubscribeDraft | null {
  if (!value) return null;
  try {
    const draft = JSON.parse(Buffer.from(value, 'base64url').toString());
    return typeof draft.email === 'string' && Array.isArray(draft.tags) && draft.problems
      ? draft
      : null;
  } catch {
    return null;
  }
}
