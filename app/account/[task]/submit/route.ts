import { after } from 'next/server';
import { accountZip, zipAnswer } from '@/lib/api/account-export';
import { getDb } from '@/lib/db/client';
import { clientAddress } from '@/lib/http/client-address.mjs';
import { evenly, field, readOwnForm, seeOther } from '@/lib/http/form';
import { problem } from '@/lib/http/problem';
import { eraseReader } from '@/lib/mail/send/erase';
import { sendOwedMails } from '@/lib/mail/transactional/after-response';
import { signedOutCookies } from '@/lib/readers/cookies';
import { sessionActor } from '@/lib/readers/request-actor';
import { env } from '@/lib/runtime/env';
import { parseAddress } from '@/lib/subscribers/email-address';
import { type LinkKeys, personOf } from '@/lib/subscribers/link-holder';
import { isAllowedDomain } from '@/lib/subscribers/membership';
import { askForAddress, askForTask, isOwnerTask, type OwnerTask } from '@/lib/subscribers/own-data';
import { personById } from '@/lib/subscribers/reader-store';
import { ANSWER_MS, mayAsk } from '@/lib/subscribers/sign-up';
import type { Reader } from '@/lib/subscribers/types';

interface Asked {
  request: Request;
  form: FormData;
  reader: Reader;
  /** The page with the form, with what a query adds. */
  page: (query: Record<string, string>) => string;
  now: Date;
}

const TASKS: Record<OwnerTask, (asked: Asked) => Promise<Response>> = {
  async move({ request, form, reader, page, now }) {
    const { secret, suppressionKey, trustProxy, membership } = env();
    const parsed = parseAddress(field(form, 'email'));
    if (!parsed.ok) return seeOther(page({ problem: 'address' }));
    if (!isAllowedDomain(membership, parsed.address)) return seeOther(page({ problem: 'domain' }));
    const ip = clientAddress(request.headers, trustProxy);
    if (!(await mayAsk(getDb(), parsed.address, ip, now))) {
      return seeOther(page({ problem: 'often' }));
    }
    const evidence = { ip, userAgent: request.headers.get('user-agent') };
    const asking = { evidence, secret, suppressionKey, now };
    await evenly(ANSWER_MS, askForAddress(getDb(), reader, parsed.address, asking));
    after(sendOwedMails);
    return seeOther(page({ done: 'asked' }));
  },
  async export({ reader, now }) {
    // The link was mailed to the owner for this alone, or it is their session.
    const owner = { kind: 'operator', readerId: reader.id } as const;
    return zipAnswer(await accountZip(getDb(), owner, { now, siteUrl: env().siteUrl }));
  },
  async erase({ form, reader, page, now }) {
    if (field(form, 'sure') !== 'yes') return seeOther(page({}));
    await eraseReader(getDb(), reader.id, { dataDir: env().dataDir, now });
    const answer = seeOther('/preferences/erased');
    for (const cookie of signedOutCookies(env().siteUrl))
      answer.headers.append('set-cookie', cookie);
    return answer;
  },
};

/** The button of a task's page. */
export async function POST(
  request: Request,
  { params }: { params: Promise<{ task: string }> },
): Promise<Response> {
  const { siteUrl, secret } = env();
  const { task } = await params;
  if (!isOwnerTask(task)) return problem(404, 'Not found', 'There is no such form.');
  const form = await readOwnForm(request, siteUrl);
  if (form instanceof Response) return form;
  const now = new Date();
  const token = form.has('token') ? field(form, 'token') : null;
  const page = (query: Record<string, string>) => {
    const params = new URLSearchParams({ ...(token !== null && { token }), ...query });
    return `/account/${task}${params.size > 0 ? '?' : ''}${params}`;
  };
  const reader = await readerOf(request, task, token, { secret, now });
  // The page says what is wrong with the link, or asks to sign in.
  if (!reader) return seeOther(page({}));
  if (task === 'move' && token === null) return sendMoveLink(reader, { secret, now });
  return TASKS[task]({ request, form, reader, page, now });
}

/** A stolen session must not move the mail elsewhere: changing the address takes a link mailed just then. */
async function sendMoveLink(reader: Reader, keys: LinkKeys): Promise<Response> {
  const sent = await askForTask(getDb(), reader, 'move', keys);
  if (sent) after(sendOwedMails);
  return seeOther(sent ? '/account?done=asked' : '/account?problem=often');
}

/** By the link that was mailed for the task, or signed in. */
async function readerOf(
  request: Request,
  task: OwnerTask,
  token: string | null,
  keys: LinkKeys,
): Promise<Reader | null> {
  if (token !== null) {
    const holder = await personOf(getDb(), task, token, keys);
    return holder.ok ? holder.reader : null;
  }
  const actor = await sessionActor(getDb(), request.headers, keys.now);
  return actor.kind === 'session' ? personById(getDb(), actor.readerId) : null;
}
