import { after } from 'next/server';
import { getDb } from '@/lib/db/client';
import { clientAddress } from '@/lib/http/client-address.mjs';
import { evenly, field, readOwnForm, seeOther } from '@/lib/http/form';
import { problem } from '@/lib/http/problem';
import { allow } from '@/lib/http/rate-limit';
import { sendOwedMails } from '@/lib/mail/transactional/after-response';
import { env } from '@/lib/runtime/env';
import {
  changePreferences,
  pauseForAWhile,
  preferencesOf,
  resumeNow,
} from '@/lib/subscribers/change';
import { parseAddress } from '@/lib/subscribers/email-address';
import { draftCookie, type FormDraft } from '@/lib/subscribers/form-draft';
import { holderOf } from '@/lib/subscribers/link-holder';
import { askForTask, type OwnerTask } from '@/lib/subscribers/own-data';
import { typedPreferences } from '@/lib/subscribers/preference-form';
import { ANSWER_MS, mayAsk, sendLinkAgain } from '@/lib/subscribers/sign-up';
import type { Evidence, Subscriber } from '@/lib/subscribers/types';

const CHANGES = { limit: 60, windowSeconds: 3600 };

interface Asked {
  form: FormData;
  subscriber: Subscriber;
  evidence: Evidence;
  secret: string;
  now: Date;
}

/**
 * Each gives the query with which the preferences page is shown again, or the form as it was typed, to be
 * corrected.
 */
const ACTIONS: Record<string, (asked: Asked) => Promise<string | { again: FormDraft }>> = {
  async save({ form, subscriber, evidence, now }) {
    const typed = typedPreferences(form, preferencesOf(subscriber.subscription));
    const saved = await changePreferences(getDb(), subscriber, typed, evidence, now);
    if (saved.ok) return 'done=saved';
    return { again: { email: '', typed, problems: saved.problems } };
  },
  async pause({ subscriber, evidence, now }) {
    await pauseForAWhile(getDb(), subscriber, evidence, now);
    return 'done=paused';
  },
  async resume({ subscriber, evidence, now }) {
    await resumeNow(getDb(), subscriber, evidence, now);
    return 'done=resumed';
  },
  move: (asked) => mailLink(asked, 'move'),
  export: (asked) => mailLink(asked, 'export'),
  erase: (asked) => mailLink(asked, 'erase'),
};

/** What the page's own link must not open: mails the reader one that does. */
async function mailLink({ subscriber, secret, now }: Asked, task: OwnerTask): Promise<string> {
  if (!(await askForTask(getDb(), subscriber.reader, task, { secret, now }))) {
    return 'problem=often';
  }
  after(sendOwedMails);
  return 'done=asked';
}

/** The forms of the preferences page. */
export async function POST(
  request: Request,
  { params }: { params: Promise<{ action: string }> },
): Promise<Response> {
  const { siteUrl, secret, trustProxy } = env();
  const { action } = await params;
  const form = await readOwnForm(request, siteUrl);
  if (form instanceof Response) return form;
  const now = new Date();
  const evidence = {
    ip: clientAddress(request.headers, trustProxy),
    userAgent: request.headers.get('user-agent'),
  };
  if (action === 'link') return link(form, evidence.ip, now);
  const run = Object.hasOwn(ACTIONS, action) ? ACTIONS[action] : undefined;
  if (!run) return problem(404, 'Not found', `There is no form "${action}" here.`);
  const token = field(form, 'token');
  const page = `/preferences?token=${encodeURIComponent(token)}`;
  const holder = await holderOf(getDb(), 'preferences', token, { secret, now });
  // The page says what is wrong with the link.
  if (!holder.ok) return seeOther(page);
  if (!(await allow(getDb(), `reader:${holder.reader.id}`, CHANGES, now))) {
    return seeOther(`${page}&problem=often`);
  }
  const result = await run({ form, subscriber: holder, evidence, secret, now });
  if (typeof result !== 'string') {
    const cookie = draftCookie('/preferences', result.again);
    return seeOther(`${page}&again=1`, { 'set-cookie': cookie });
  }
  return seeOther(`${page}&${result}`);
}

/** From pages whose link did not work: mails one that does. Tells nothing about the address. */
async function link(form: FormData, ip: string | null, now: Date): Promise<Response> {
  const parsed = parseAddress(field(form, 'email'));
  if (parsed.ok && (await mayAsk(getDb(), parsed.address, ip, now))) {
    const { secret } = env();
    await evenly(ANSWER_MS, sendLinkAgain(getDb(), parsed.address, { secret, now }));
    after(sendOwedMails);
  }
  return seeOther('/preferences/link-sent');
}
