import { getDb } from '@/lib/db/client';
import { readUpTo } from '@/lib/http/form';
import { problem } from '@/lib/http/problem';
import { PROVIDERS, type ProviderName, receiveWebhook } from '@/lib/mail/receive/webhooks/receive';
import { domainOf, readMailbox } from '@/lib/mail/wire/mailbox';
import { env } from '@/lib/runtime/env';

const MOST_BYTES = 1_000_000;

/** Where a mail service reports bounces and complaints. Closed until its secret is set. */
export async function POST(
  request: Request,
  { params }: { params: Promise<{ provider: string }> },
): Promise<Response> {
  const { provider } = await params;
  const settings = env();
  const secret = isProvider(provider) ? settings.webhookSecrets[provider] : null;
  if (!isProvider(provider) || secret === null) {
    return problem(404, 'Not found', 'There is no such webhook, or its secret is not set.');
  }
  const bytes = await readUpTo(request, MOST_BYTES);
  if (!bytes) return problem(413, 'Too large', `A post may have at most ${MOST_BYTES} bytes.`);
  const received = await receiveWebhook(
    getDb(),
    provider,
    { headers: request.headers, text: Buffer.from(bytes).toString('utf8') },
    {
      secret,
      senderDomain: domainOf(readMailbox(settings.mailFrom).address),
      now: new Date(),
      fetch,
    },
  );
  switch (received.status) {
    case 'forged':
      return problem(401, 'Unauthorized', 'The signature is missing, wrong or too old.');
    case 'unavailable':
      return problem(503, 'Try again', 'Whether this post is genuine cannot be checked now.', {
        headers: { 'retry-after': '60' },
      });
    case 'unreadable':
      return problem(400, 'Not JSON', 'The body must be JSON.');
    case 'confirmed':
      return Response.json({ confirmed: true });
    case 'recorded':
      return Response.json(received.outcomes);
  }
}

function isProvider(name: string): name is ProviderName {
  return Object.hasOwn(PROVIDERS, name);
}
