import { renderEdition } from '@/emails/edition';
import type { MailSite } from '@/emails/types';
import type { ModelDb } from '@/lib/db/sql';
import { latestUpvotes } from '@/lib/feed/store';
import { composeDigest } from '@/lib/mail/wire/digest-body';
import { type EncodedEdition, encodeEdition } from '@/lib/mail/wire/encoded-edition';
import { buildMessage, type OutgoingMessage } from '@/lib/mail/wire/message';
import type { MailSender } from '@/lib/mail/wire/sender';
import { messageId } from '@/lib/mail/wire/verp';
import type { Paper } from '@/lib/papers/paper';
import { getPapers } from '@/lib/papers/store';
import type { Cadence, DigestSubject } from '@/lib/subscribers/preferences';
import { readerLinks } from '@/lib/subscribers/reader-links';
import type { Reader } from '@/lib/subscribers/types';
import { issueName } from '../subscribers/timetable';
import type { Composition } from './compose';
import { outcomeOf } from './outcome';
import { keepOnly, paperIdsOf, personalDigest, withUpvotes } from './personal-digest';
import { loadRecipients, type Recipient } from './recipient-store';
import type { DigestContent } from './select';
import { type ClaimedDelivery, type Composed, freeze, type Outcome, whyUnwanted } from './store';

/** A delivery whose message is ready to leave. */
export interface Prepared {
  delivery: ClaimedDelivery;
  reader: Reader;
  message: OutgoingMessage;
}

export interface PrepareTools {
  compose: (wanted: { recipient: Recipient; issue: string }[]) => Promise<Composition[]>;
  clock: () => Date;
  sender: MailSender;
  site: MailSite;
  secret: string;
  /** Of all digests, whatever readers chose; null leaves it to them. */
  subject: DigestSubject | null;
}

interface Draft {
  delivery: ClaimedDelivery;
  recipient: Recipient;
  content: DigestContent;
  editionId: number | null;
}

/**
 * Turns claimed deliveries into messages: composes what was not composed before, leaves out papers
 * that were hidden since, renders, and freezes the result with the delivery. What has nothing to send
 * is settled at once.
 */
export function preparer(db: ModelDb, owner: string, tools: PrepareTools) {
  const render = createRenderer(tools.site);

  async function draft(claimed: ClaimedDelivery[]) {
    const recipients = await loadRecipients(
      db,
      claimed.map(({ subscriptionId }) => subscriptionId),
    );
    const outcomes: Outcome[] = [];
    const drafts: Draft[] = [];
    const fresh: { delivery: ClaimedDelivery; recipient: Recipient }[] = [];
    for (const delivery of claimed) {
      const recipient = recipients.get(delivery.subscriptionId);
      // An erased reader took the deliveries along.
      if (!recipient) continue;
      const unwanted = whyUnwanted(recipient.reader.status, recipient.paused);
      if (unwanted !== null) {
        outcomes.push(outcomeOf(delivery, 'suppressed', unwanted));
      } else if (delivery.content) {
        drafts.push({ delivery, recipient, content: delivery.content, editionId: null });
      } else {
        // The cadence that was planned, whatever the reader changed it to since.
        fresh.push({ delivery, recipient: { ...recipient, cadence: delivery.cadence } });
      }
    }
    const compositions =
      fresh.length === 0
        ? []
        : await tools.compose(
            fresh.map(({ delivery, recipient }) => ({
              recipient,
              issue: issueName(delivery.cadence, delivery.localPeriod),
            })),
          );
    for (const [index, composition] of compositions.entries()) {
      const { delivery, recipient } = fresh[index]!;
      if ('nothing' in composition) {
        outcomes.push(outcomeOf(delivery, 'skipped', composition.nothing));
      } else {
        drafts.push({ delivery, recipient, ...composition });
      }
    }
    return { drafts, outcomes };
  }

  async function build(
    { delivery, recipient, content, editionId }: Draft,
    papers: Map<number, Paper>,
    upvotes: ReadonlyMap<number, number>,
  ) {
    const { reader } = recipient;
    const kept = keepOnly(content, (id) => papers.has(id));
    const shown = kept && withUpvotes(kept, upvotes);
    if (!shown) return outcomeOf(delivery, 'skipped', 'All papers that it had were hidden since.');
    const rendered = await render(delivery.cadence, shown.issue, paperIdsWith(shown), papers);
    const now = tools.clock();
    const { oneClick, issue, ...links } = readerLinks(reader, tools.site.url, tools.secret, now);
    const personal = personalDigest(shown, papers, {
      subject: tools.subject ?? recipient.subject,
      email: reader.email,
      links: { ...links, archive: issue(delivery.key) },
    });
    const composed = composeDigest(rendered, personal);
    const message = await buildMessage(
      tools.sender,
      {
        to: reader.email,
        subject: personal.subject,
        date: now,
        id: messageId('delivery', delivery.key),
        list: {
          oneClickUrl: oneClick,
          archiveUrl: personal.links.archive,
          campaign: `${delivery.cadence}-${delivery.localPeriod.toLowerCase()}`,
        },
      },
      composed.body,
    );
    const included = new Set(composed.paperIds);
    const sent = keepOnly(shown, (id) => included.has(id))!;
    const composedAs: Composed = {
      id: delivery.id,
      attempt: delivery.attempt,
      editionId,
      paperIds: paperIdsOf(sent),
      content: sent,
    };
    return { prepared: { delivery, reader, message }, kept: composedAs };
  }

  return async function prepare(
    claimed: ClaimedDelivery[],
  ): Promise<{ ready: Prepared[]; outcomes: Outcome[] }> {
    const { drafts, outcomes } = await draft(claimed);
    const ids = new Set(drafts.flatMap(({ content }) => paperIdsWith(content)));
    const papers = new Map((await getPapers(db, [...ids])).map((paper) => [paper.id, paper]));
    const upvotes = await latestUpvotes(db, [...ids], tools.clock());
    const ready: Prepared[] = [];
    const kept: Composed[] = [];
    // At once, because each waits for a thread that signs it.
    const building = drafts.map((each) =>
      build(each, papers, upvotes).catch((error: Error) =>
        // One that cannot be written must not keep the others from being sent.
        outcomeOf(each.delivery, 'failed', `it could not be written: ${error.message}`),
      ),
    );
    for (const built of await Promise.all(building)) {
      if ('status' in built) outcomes.push(built);
      else {
        ready.push(built.prepared);
        kept.push(built.kept);
      }
    }
    const held = await freeze(db, owner, kept, tools.clock());
    return { ready: ready.filter(({ delivery }) => held.has(delivery.id)), outcomes };
  };
}

function paperIdsWith(content: DigestContent): number[] {
  return [...paperIdsOf(content), ...content.revised.map(({ paperId }) => paperId)];
}

/** Cards kept at most: about 20 KB each. */
const KEPT_CARDS = 1_500;

/** Renders and encodes editions card by card as they are asked for, each once: one call after another. */
export function createRenderer(site: MailSite) {
  const frames = new Map<string, EncodedEdition>();
  let cards: EncodedEdition['cards'] = {};
  let count = 0;

  let last: Promise<unknown> = Promise.resolve();

  async function render(
    cadence: Cadence,
    issue: string,
    ids: number[],
    papers: ReadonlyMap<number, Paper>,
  ): Promise<EncodedEdition> {
    const key = `${cadence} ${issue}`;
    const missing = ids.filter((id) => !cards[id]).map((id) => papers.get(id)!);
    if (missing.length > 0 || !frames.has(key)) {
      const edition = await renderEdition({ site, cadence, issue, papers: missing });
      const encoded = encodeEdition(edition);
      frames.set(key, encoded);
      if (count + missing.length > KEPT_CARDS) {
        const needed = ids.filter((id) => cards[id]).map((id) => [id, cards[id]!]);
        cards = Object.fromEntries(needed);
        count = needed.length;
      }
      Object.assign(cards, encoded.cards);
      count += missing.length;
    }
    return { ...frames.get(key)!, cards };
  }

  return (...wanted: Parameters<typeof render>): Promise<EncodedEdition> => {
    const rendered = last.then(() => render(...wanted));
    last = rendered.catch(() => {});
    return rendered;
  };
}
