import { REASONS, type Reason, reasonOfStatus, reasonOfWords } from '../wire/reason';
import { isSenderFault } from '../wire/sender-fault';
import type { FailedRecipient } from './incoming';

/**
 * Why one address failed. A temporary failure is never hard, whatever its words are.
 * @param given the report's status field
 * @param texts the most specific first: the server's words, those about the address, all of them
 * @param delayed the server goes on trying
 */
export function diagnose(
  address: string,
  given: string | null,
  texts: string[],
  delayed: boolean,
): FailedRecipient {
  const clean = texts.map((text) =>
    text
      .slice(0, MAX_TEXT)
      .replaceAll(address, ' ')
      .replace(/<[^<>\s]*@[^<>\s]*>/g, ' ')
      .replace(LABEL, ' '),
  );
  const quoted = clean.map(statusIn).find(Boolean) ?? null;
  const status = given && !/^[45]\.0\.0$/.test(given) ? given : (quoted ?? given);
  const said = status ? reasonOfStatus(status) : null;
  // A status such as 5.5.0 says nothing: there the words decide.
  const vague = status === null || status.startsWith('2') || status.endsWith('.0');
  const aboutAddress = reasonOfWords(clean[0] ?? '');
  const reason: Reason =
    (clean.slice(0, -1).some(isSenderFault) ? 'policy' : null) ??
    (!vague && said === 'policy' ? said : null) ??
    aboutAddress ??
    (vague ? null : said) ??
    reasonOfWords(clean.slice(1, -1).join(' ')) ??
    said ??
    reasonOfWords(clean.at(-1) ?? '') ??
    'unspecified';
  const code = /(?:^|[^\d.])([45]\d\d)[ -]/.exec(texts[0] ?? '')?.[1];
  // "4.0.0" beside "the domain does not exist" is a server that gave up, not one that will succeed.
  const temporary =
    delayed || (status && !vague ? status : (code ?? status ?? '5')).startsWith('4');
  const final = reason === 'unknown-domain' && vague && !delayed && !code;
  return {
    address,
    hard: REASONS[reason].hard && (final || !temporary),
    reason,
    status,
    diagnostic: (texts.find((text) => text.trim() !== '') ?? '')
      .replace(/\s+/g, ' ')
      .trim()
      .slice(0, 500),
  };
}

/** What a server has to say is shorter; a service's report may be of any length. */
const MAX_TEXT = 20_000;

/** Some gateways put a label of their own before every refusal that they pass on in quotes. */
const LABEL = /[45]\.\d\.\d - (?:unknown address error|other mail system problem)(?= \d{3})/gi;

function statusIn(text: string): string | undefined {
  return /(?<![.\d])[245]\.\d{1,3}\.\d{1,3}(?![.\d])/.exec(text)?.[0];
}
