import type { ModelDb } from '@/lib/db/sql';

/** Everything that is kept about a reader, as they may see it. */
export async function exportReader(db: ModelDb, id: number) {
  return db.reader.findUniqueOrThrow({
    where: { id },
    select: {
      email: true,
      status: true,
      createdAt: true,
      confirmedAt: true,
      endedAt: true,
      seenAt: true,
      visitedAt: true,
      visitBefore: true,
      consents: {
        select: { kind: true, at: true, ip: true, userAgent: true, wording: true },
        orderBy: { id: 'asc' },
      },
      subscriptions: {
        omit: { id: true, readerId: true },
        include: {
          deliveries: {
            select: {
              cadence: true,
              localPeriod: true,
              status: true,
              reason: true,
              paperIds: true,
              plannedAt: true,
              endedAt: true,
              smtpText: true,
            },
            orderBy: { id: 'asc' },
          },
        },
      },
      mails: {
        select: {
          kind: true,
          email: true,
          createdAt: true,
          status: true,
          sentAt: true,
          note: true,
        },
        orderBy: { id: 'asc' },
      },
      votes: { select: { paperId: true, value: true, at: true } },
      shelves: {
        select: {
          name: true,
          sharedAt: true,
          createdAt: true,
          papers: { select: { paperId: true, addedAt: true } },
        },
        orderBy: { id: 'asc' },
      },
      saved: {
        omit: { readerId: true, network: true },
        orderBy: [{ savedAt: 'asc' }, { paperId: 'asc' }],
      },
      follows: { omit: { id: true, readerId: true }, orderBy: { id: 'asc' } },
      interests: { omit: { id: true, readerId: true }, orderBy: { id: 'asc' } },
      sessions: { select: { browser: true, createdAt: true, usedAt: true } },
      identities: { select: { issuer: true, subject: true, createdAt: true } },
      tokens: { select: { name: true, scopes: true, createdAt: true, usedAt: true } },
      bounces: { select: { kind: true, reason: true, diagnostic: true, at: true } },
    },
  });
}
