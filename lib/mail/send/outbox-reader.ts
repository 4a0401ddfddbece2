import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import PostalMime from 'postal-mime';
import { isMailName, outboxFolder, readHead } from './outbox';

/** How many mails a listing shows. */
const MOST = 200;

interface OutboxEntry {
  name: string;
  at: Date | null;
  to: string;
  subject: string;
}

/** The newest mails that were kept instead of sent. */
export async function listOutbox(
  dataDir: string,
): Promise<{ entries: OutboxEntry[]; total: number }> {
  const folder = outboxFolder(dataDir);
  const names = await readdir(folder).catch(() => []);
  const mails = names.filter(isMailName).sort().reverse();
  const entries = await Promise.all(
    mails.slice(0, MOST).map(async (name) => {
      const mail = await PostalMime.parse(await readHead(join(folder, name)));
      const at = new Date(mail.date ?? '');
      return {
        name,
        at: Number.isNaN(at.getTime()) ? null : at,
        to: mail.to?.[0]?.address ?? '',
        subject: mail.subject ?? '',
      };
    }),
  );
  return { entries, total: mails.length };
}

interface OutboxMail {
  headers: { name: string; value: string }[];
  subject: string;
  text: string;
  html: string;
}

/** One of them, or null where there is none of that name. */
export async function readOutboxMail(dataDir: string, name: string): Promise<OutboxMail | null> {
  if (!isMailName(name)) return null;
  const bytes = await readFile(join(outboxFolder(dataDir), name)).catch(() => null);
  if (!bytes) return null;
  const { headers, subject = '', text = '', html = '' } = await PostalMime.parse(bytes);
  return {
    headers: headers.map(({ originalKey, value }) => ({ name: originalKey, value })),
    subject,
    text,
    html,
  };
}
