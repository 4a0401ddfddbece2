import { z } from 'zod';
import { diagnose } from './diagnose';
import type { FailedRecipient, IncomingMail } from './incoming';

/** Amazon SES writes the same JSON to its notification topics (SNS), its event stream and by mail. */
const notification = z.object({
  notificationType: z.string().optional(),
  eventType: z.string().optional(),
  mail: z
    .object({
      messageId: z.string().optional(),
      commonHeaders: z.object({ messageId: z.string().optional() }).partial().optional(),
    })
    .optional(),
  bounce: z
    .object({
      bounceType: z.string(),
      bounceSubType: z.string().optional(),
      bouncedRecipients: z.array(
        z.object({
          emailAddress: z.string(),
          status: z.string().optional(),
          diagnosticCode: z.string().optional(),
        }),
      ),
    })
    .optional(),
  complaint: z
    .object({ complainedRecipients: z.array(z.object({ emailAddress: z.string() })) })
    .optional(),
  delivery: z.unknown().optional(),
});

/** Null: not a notification of SES. */
export function readSesNotification(json: unknown): IncomingMail | null {
  const parsed = notification.safeParse(json);
  if (!parsed.success) return null;
  const { notificationType, eventType, mail, bounce, complaint } = parsed.data;
  if (!notificationType && !eventType) return null;
  const messageId = mail?.commonHeaders?.messageId?.replace(/[<>]/g, '') ?? null;
  const about = { sentTo: [], messageId };
  if (complaint) {
    return {
      ...about,
      kind: 'complaint',
      addresses: complaint.complainedRecipients.map(({ emailAddress }) =>
        plainAddress(emailAddress),
      ),
    };
  }
  if (!bounce) return { ...about, kind: 'other' };
  return {
    ...about,
    kind: 'bounce',
    recipients: bounce.bouncedRecipients.map(({ emailAddress, status, diagnosticCode }) =>
      recipient(bounce, plainAddress(emailAddress), status ?? null, diagnosticCode ?? ''),
    ),
  };
}

/** Amazon's own classes decide what its servers saw; the words tell why. */
function recipient(
  { bounceType, bounceSubType = '' }: { bounceType: string; bounceSubType?: string },
  address: string,
  status: string | null,
  diagnostic: string,
): FailedRecipient {
  const read = diagnose(address, status, [diagnostic.replace(/^\s*smtp\s*;\s*/i, '')], false);
  if (bounceType !== 'Permanent') return { ...read, hard: false };
  // Its list of addresses that bounced before, for any of its customers; and plain "no such user".
  if (/^(?:NoEmail|Suppressed|OnAccountSuppressionList)$/.test(bounceSubType)) {
    return { ...read, hard: true, reason: 'unknown-address' };
  }
  const unexplained = read.reason === 'unspecified' && bounceSubType === 'General';
  return unexplained ? { ...read, hard: true, reason: 'unknown-address' } : read;
}

/** `Name <a@b>` as well as the bare address are seen. */
function plainAddress(text: string): string {
  return /<([^<>]+)>/.exec(text)?.[1] ?? text.trim();
}
