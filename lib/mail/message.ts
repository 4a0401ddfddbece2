/** What a message needs besides its body; `buildMessage` turns both into signed bytes. */
export interface MessageFields {
  to: string;
  subject: string;
  date: Date;
  /**
   * Stable over attempts and unique over all messages, for example `delivery-17`: becomes the
   * Message-ID and, where `BOUNCE_DOMAIN` is set, the envelope sender. Letters, digits and `-`.
   */
  id: string;
  /** Set on digests: the headers of a mailing list and of one-click unsubscription (RFC 8058). */
  list?: {
    /** Takes a POST with `List-Unsubscribe=One-Click` and no cookies. */
    oneClickUrl: string;
    /** This issue on the web. */
    archiveUrl: string;
    /** Short name of the edition for `Feedback-ID`, for example `weekly-2026-w47`. */
    campaign: string;
  };
}
