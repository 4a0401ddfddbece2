import { after } from 'next/server';
import { getDb } from '@/lib/db/client';
import { clientAddress } from '@/lib/http/client-address.mjs';
import { evenly, field, readOwnForm, seeOther } from '@/lib/http/form';
import { problem } from '@/lib/http/problem';
import { eraseReader } from '@/lib/mail/send/erase';
import { sendOwedMails } from '@/lib/mail/transactional/after-response';
import { env } from '@/lib/runtime/env';
import { parseAddress } from '@/lib/subscribers/email-address';
import { exportReader } from '@/lib/subscribers/export-store';
import { holderOf } from '@/lib/subscribers/link-holder';
import { askForAddress, isOwnerTask, type OwnerTask } from '@/lib/subscribers/own-data';
import { ANSWER_MS, mayAsk } from '@/lib/subscribers/sign-up';
import type { Reader } from '@/lib/subscribers/types';

interface Asked {
  request: Request;
  form: FormData;
  reader: Reader;
  /** The page with the form, to which a query is added. */
  page: string;
  now: Date;
}

const TASKS: Record<OwnerTask, (asked: Asked) => Promise<Response>> = {
  async move({ request, form, reader, page, now }) {
    const { secret, suppressionKey, trustProxy } = env();
    const parsed = parseAddress(field(form, 'email'));
    if (!parsed.ok) return seeOther(`${page}&problem=address`);
    const ip = clientAddress(request.headers, trustProxy);
    if (!(await mayAsk(getDb(), parsed.address, ip, now))) {
      return seeOther(`${page}&problem=often`);
    }
    const evidence = { ip, userAgent: request.headers.get('user-agent') };
    const asking = { evidence, secret, suppressionKey, now };
    await evenly(ANSWER_MS, askForAddress(getDb(), reader, parsed.address, asking));
    after(sendOwedMails);
    return seeOther(`${page}&done=asked`);
  },
  async export({ reader }) {
    const data = await exportReader(getDb(), reader.id);
    return new Response(`${JSON.stringify(data, null, 2)}\n`, {
      headers: {
        'content-type': 'application/json; charset=utf-8',
        'content-disposition': 'attachment; filename="broadsheet-reader.json"',
        'cache-control': 'no-store',
      },
    });
  },
  async erase({ form, reader, page, now }) {
    if (field(form, 'sure') !== 'yes') return seeOther(page);
    await eraseReader(getDb(), reader.id, { dataDir: env().dataDir, now });
    return seeOther('/preferences/erased');
  },
};

/** The button of the page that a link for one task leads to. */
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
  const token = field(form, 'token');
  const page = `/account/${task}?token=${encodeURIComponent(token)}`;
  const holder = await holderOf(getDb(), task, token, { secret, now });
  // The page says what is wrong with the link.
  if (!holder.ok) return seeOther(page);
  return TASKS[task]({ request, form, reader: holder.reader, page, now });
}
