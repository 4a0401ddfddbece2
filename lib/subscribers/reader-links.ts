import { signToken } from './link-tokens';

/** Whose links, and until when they can be revoked together. */
export interface LinkOwner {
  key: string;
  tokenEpoch: number;
}

/**
 * The signed links that a digest has: topics and timetable, leaving, feedback, the issue. None of the
 * pages changes anything before a button is pressed, and none leads to what only the owner of the
 * mailbox may do: people pass digests on.
 */
export function readerLinks(owner: LinkOwner, siteUrl: string, secret: string, now: Date) {
  const payload = { readerKey: owner.key, epoch: owner.tokenEpoch };
  const unsubscribe = signToken('unsubscribe', payload, now, secret);
  const feedback = `${siteUrl}/feedback?token=${signToken('feedback', payload, now, secret)}`;
  return {
    preferences: `${siteUrl}/preferences?token=${signToken('preferences', payload, now, secret)}`,
    unsubscribe: `${siteUrl}/unsubscribe?token=${unsubscribe}`,
    /** For the List-Unsubscribe header: takes a bare POST (RFC 8058). */
    oneClick: `${siteUrl}/unsubscribe/one-click?token=${unsubscribe}`,
    pause: `${feedback}&do=pause`,
    /** See `wishUrl`. */
    feedback,
    issue: (deliveryKey: string) => {
      const token = signToken('issue', { ...payload, subject: deliveryKey }, now, secret);
      return `${siteUrl}/digests/issue?token=${token}`;
    },
  };
}

/** What a mail's link asks for, in its address: `more` is a vote, `less` is "not for me". */
export type Wish = 'more' | 'less' | 'save';

/** Of a page that asks before it changes anything. */
export function wishUrl(feedback: string, wish: Wish, paperId: number): string {
  return `${feedback}&do=${wish}&paper=${paperId}`;
}
