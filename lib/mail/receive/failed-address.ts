import type { Report } from './report-text';

/** Quoted local parts are seen in old reports; the comma and the bracket end an address. */
const ADDRESS =
  /(?:"[^"\n@]{1,60}"|[\p{L}\p{N}!#$%&'*+/=?^_`{|}~.-]{1,64})@(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]*[\p{L}\p{N}])?\.)*[\p{L}\p{N}](?:[\p{L}\p{N}-]*[\p{L}\p{N}])?/gu;
/** Written as a person's name and a way to reach people, not as a failed recipient. */
const SERVICE =
  /^(?:post(?:master|-master)|mailer-?daemon|mail-?daemon|abuse|help-?desk|support|no-?reply|root|admin(?:istrator)?|info-?desk)@/i;

export function addressesIn(text: string): string[] {
  return [...text.matchAll(ADDRESS)].map(([address]) =>
    address.replace(/^['.]+|\.$/g, '').replace(/^mailto:/i, ''),
  );
}

/** `rfc822; <a@b>` and what servers write instead; null where no address is in it. */
export function recipientField(value: string | undefined): string | null {
  if (!value) return null;
  const plain = value.replace(/^\s*[\w-]+\s*;/, '');
  return addressesIn(plain)[0] ?? null;
}

export interface Mention {
  address: string;
  /** What is written about it: the rest of its line and the lines that follow. */
  about: string;
}

/**
 * The addresses that a report written for people says it could not deliver to, best first. An
 * address counts by where it stands (alone, at a line's start, after "recipient", beside an error)
 * and by whether the returned mail was written to it; our own and the server's never count.
 */
export function failedAddresses(report: Report): Mention[] {
  const mentions = mentionsOf(report, ownAddresses(report));
  // Whoever writes to themselves is both.
  return mentions.length > 0 ? mentions : mentionsOf(report, new Set());
}

function ownAddresses({ headers, returned }: Report): Set<string> {
  const written = new Set(writtenTo(returned));
  const own = [
    ...headers.all(
      'to',
      'delivered-to',
      'x-original-to',
      'envelope-to',
      'from',
      'reply-to',
      'sender',
    ),
    ...returned.all('from', 'return-path', 'sender', 'reply-to', 'x-envelope-from'),
  ];
  return new Set(
    own
      .flatMap(addressesIn)
      .map(lower)
      .filter((address) => !written.has(address)),
  );
}

function writtenTo(returned: Report['returned']): string[] {
  return returned
    .all('to', 'cc', 'bcc', 'x-original-to', 'delivered-to')
    .flatMap(addressesIn)
    .map(lower);
}

function mentionsOf({ notice, headers, returned }: Report, ours: Set<string>): Mention[] {
  const written = new Set(writtenTo(returned));
  const named = new Set(headers.all('x-failed-recipients').flatMap(addressesIn).map(lower));
  const lines = notice.split('\n');
  const found = new Map<string, Mention & { score: number }>();
  for (const [i, line] of lines.entries()) {
    for (const address of addressesIn(line)) {
      const key = lower(address);
      if (ours.has(key) || SERVICE.test(key)) continue;
      if (found.size === MAX_MENTIONS && !found.has(key)) continue;
      // The address that was written to, of one that forwards: both failed.
      const forwarded = new RegExp(`generated (?:from|by) ${escapeRegExp(address)}`).test(line);
      const announced = lines
        .slice(Math.max(0, i - 3), i)
        .some((line) => /following (?:e-?mail )?(?:recipient|address)[^:]*:\s*$/i.test(line));
      const score =
        (announced ? 8 : 0) +
        placeScore(line, address, lines[i + 1] ?? '') +
        (written.has(key) || named.has(key) ? (forwarded ? 16 : 20) : 0);
      const before = found.get(key);
      const about = aboutAddress(lines, i, address);
      found.set(key, {
        address,
        score: Math.max(score, before?.score ?? 0),
        about: before ? `${before.about} ${about}`.slice(0, MAX_ABOUT) : about,
      });
    }
  }
  for (const address of headers.all('x-failed-recipients').flatMap(addressesIn)) {
    if (!found.has(lower(address)))
      found.set(lower(address), { address, score: 20, about: notice });
  }
  const best = [...found.values()]
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score);
  const top = best[0]?.score ?? 0;
  // Several recipients stand in the same way; what stands much less clearly is something else.
  return best.filter(({ score, address }) => score >= top - 4 || named.has(lower(address)));
}

const MAX_MENTIONS = 100;
const MAX_ABOUT = 3000;
const ERROR =
  /\b[245]\d\d\b|\b[45]\.\d\.\d|unknown|not found|fail|reject|full|denied|not exist|disabled|error|undeliver|said:|refused|unable|invalid/i;

function placeScore(line: string, address: string, next: string): number {
  const bare = line.trim();
  const at = line.indexOf(address);
  const before = line.slice(Math.max(0, at - 40), at).toLowerCase();
  let score = 1;
  if (/^[\s>*-]*<?$/.test(line.slice(0, at))) score += 4;
  if (bare.replace(/[<>():"'\s]|mailto:/g, '').length <= address.length + 2) score += 4;
  if (/(?:recipients?|rcpt to|to|address(?:es)?|mailbox|user)\W*$/.test(before)) score += 4;
  if (ERROR.test(line)) score += 3;
  else if (ERROR.test(next)) score += 2;
  if (/(?:from|sender|by|try|contact|at|return-path|reply-to|message-id|id)\W*$/.test(before))
    score -= 8;
  // What the mail said, told again; not yet what failed.
  if (/^\s*(?:to|cc):/i.test(line)) score -= 30;
  if (/https?:|please (?:contact|visit|see)|reported|mail to |e-?mail us/i.test(line)) score -= 4;
  return score;
}

/** From the address on, up to the next one that stands alone, at most ten lines. */
function aboutAddress(lines: string[], index: number, address: string): string {
  const own = lines[index]!;
  const about = [own];
  for (let i = index + 1; i < Math.min(lines.length, index + 11); i++) {
    const line = lines[i]!;
    const other = addressesIn(line)[0];
    if (other && lower(other) !== lower(address) && /^\s*<?[^\s<>]+@[^\s<>]+>?:?\s*$/.test(line))
      break;
    about.push(line);
  }
  return about.join(' ').replace(/\s+/g, ' ').trim();
}

function escapeRegExp(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

export function lower(address: string): string {
  return address.toLowerCase();
}
