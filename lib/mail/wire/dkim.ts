import { createHash, createPrivateKey, type KeyObject, sign } from 'node:crypto';
import { promisify } from 'node:util';

/** DKIM signatures (RFC 6376): rsa-sha256, relaxed/simple. Why they are our own: lib/mail/README.md. */
export interface DkimSigner {
  /** The value of the DKIM-Signature header for these headers (`Name: value`) and this body, in ASCII. */
  sign(headers: string[], body: string, now: Date): Promise<string>;
}

interface DkimSettings {
  domain: string;
  selector: string;
  /** PEM or PKCS #8 in base64, RSA with at least 1024 bits. Line breaks may be written as `\n`. */
  privateKey: string;
}

export class DkimKeyError extends Error {
  override name = 'DkimKeyError';
}

const signAsync = promisify(
  (data: Buffer, key: KeyObject, done: (error: Error | null, signature: Buffer) => void) =>
    sign('sha256', data, key, done),
);

/** Named once more than they occur, so that nobody can add a second one under our signature. */
const SEALED = ['from', 'to', 'subject', 'date', 'list-unsubscribe', 'list-unsubscribe-post'];

export function createDkimSigner({ domain, selector, privateKey }: DkimSettings): DkimSigner {
  const key = readPrivateKey(privateKey);
  return {
    async sign(headers, body, now) {
      const names = headers.map(nameOf);
      const hash = createHash('sha256').update(simpleBody(body), 'latin1').digest('base64');
      const signed = [...names, ...SEALED.filter((name) => names.includes(name))];
      const unsigned =
        `v=1; a=rsa-sha256; c=relaxed/simple; d=${domain}; s=${selector};\r\n` +
        ` t=${Math.floor(now.getTime() / 1000)};\r\n` +
        ` h=${foldNames(signed)};\r\n` +
        ` bh=${hash};\r\n b=`;
      const data = `${[...headers, `DKIM-Signature: ${unsigned}`].map(relaxedHeader).join('\r\n')}`;
      const signature = await signAsync(Buffer.from(data, 'utf8'), key);
      return unsigned + signature.toString('base64').replace(/(.{72})(?=.)/g, '$1\r\n ');
    },
  };
}

/** @throws DkimKeyError that says what is wrong with the key */
export function readPrivateKey(text: string): KeyObject {
  const unescaped = text.replaceAll('\\n', '\n').trim();
  let key: KeyObject;
  try {
    key = unescaped.startsWith('-----')
      ? createPrivateKey(unescaped)
      : createPrivateKey({ key: Buffer.from(unescaped, 'base64'), format: 'der', type: 'pkcs8' });
  } catch {
    throw new DkimKeyError(
      'DKIM_PRIVATE_KEY is not a private key in PEM form; make one with: npm run cli -- mail dkim-key',
    );
  }
  const bits = key.asymmetricKeyDetails?.modulusLength ?? 0;
  if (key.asymmetricKeyType !== 'rsa' || bits < 1024) {
    throw new DkimKeyError(
      `DKIM_PRIVATE_KEY must be an RSA key of at least 1024 bits, not ${key.asymmetricKeyType} ${bits || ''}`.trim(),
    );
  }
  return key;
}

function nameOf(header: string): string {
  return header.slice(0, header.indexOf(':')).trim().toLowerCase();
}

/** `from:to:…` in lines of at most 76. */
function foldNames(names: string[]): string {
  let out = '';
  let column = 3;
  for (const [i, name] of names.entries()) {
    const token = i === 0 ? name : `:${name}`;
    if (column + token.length > 74) {
      out += '\r\n  ';
      column = 2;
    }
    out += token;
    column += token.length;
  }
  return out;
}

/** RFC 6376, 3.4.2. */
function relaxedHeader(header: string): string {
  const colon = header.indexOf(':');
  const value = header
    .slice(colon + 1)
    .replace(/\r\n/g, '')
    .replace(/[ \t]+/g, ' ')
    .trim();
  return `${nameOf(header)}:${value}`;
}

/** RFC 6376, 3.4.3: without empty lines at the end. */
function simpleBody(body: string): string {
  let end = body.length;
  while (body.endsWith('\r\n', end)) end -= 2;
  return `${body.slice(0, end)}\r\n`;
}
