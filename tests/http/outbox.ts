import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type ParsedMail, simpleParser } from 'mailparser';

/** The mails that a test server sent to an address, in order. */
export async function mailsTo(dataDir: string, address: string): Promise<ParsedMail[]> {
  const folder = join(dataDir, 'outbox');
  const names = (await readdir(folder).catch(() => [])).filter((name) => name.endsWith('.eml'));
  const mails: ParsedMail[] = [];
  for (const name of names.sort()) {
    const mail = await simpleParser(await readFile(join(folder, name)));
    const to = Array.isArray(mail.to) ? mail.to[0] : mail.to;
    if (to?.text === address) mails.push(mail);
  }
  return mails;
}

/** Mails leave after the answer: waits until so many have come. */
export async function awaitMails(
  dataDir: string,
  address: string,
  count: number,
): Promise<ParsedMail[]> {
  for (let tries = 0; ; tries++) {
    const mails = await mailsTo(dataDir, address);
    if (mails.length >= count || tries === 100) return mails;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
