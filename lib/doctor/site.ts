import { isIP } from 'node:net';
import { connect, type PeerCertificate } from 'node:tls';
import { DAY_MS } from '../calendar/days';
import { type Finding, messageOf, ok, problem, warning } from './finding';

const CONNECT_MS = 7_000;
/** Programs that renew certificates do so a month before the end. */
const SOON_DAYS = 14;

/** The certificate that readers of SITE_URL are shown. */
export async function certificate(siteUrl: string, now: Date): Promise<Finding[]> {
  const { protocol, hostname, port } = new URL(siteUrl);
  if (protocol !== 'https:') return [ok(`none: SITE_URL is ${siteUrl}, without https`)];
  const host = hostname.replace(/^\[(.*)\]$/, '$1');
  try {
    const { refused, validTo } = await askCertificate(host, Number(port || 443));
    return [judgeCertificate({ host, refused, validTo }, now)];
  } catch (error) {
    return [
      warning(
        `${host} cannot be reached from here: ${messageOf(error)}`,
        'Open SITE_URL from elsewhere. If that fails too: DNS, firewall, or the proxy in front.',
      ),
    ];
  }
}

interface Shown {
  host: string;
  /** Why a browser would refuse it; null if it would not. */
  refused: string | null;
  validTo: Date;
}

export function judgeCertificate({ host, refused, validTo }: Shown, now: Date): Finding {
  const day = validTo.toISOString().slice(0, 10);
  const remedy = 'Renew it, and see to it that the proxy in front loads the new one.';
  if (validTo <= now) return problem(`the certificate of ${host} ended on ${day}`, remedy);
  if (refused) return problem(`browsers refuse the certificate of ${host}: ${refused}`, remedy);
  const days = Math.floor((validTo.getTime() - now.getTime()) / DAY_MS);
  const says = `the certificate of ${host} is valid until ${day}`;
  return days < SOON_DAYS ? warning(`${says}, ${days} more days`, remedy) : ok(says);
}

function askCertificate(host: string, port: number): Promise<Omit<Shown, 'host'>> {
  return new Promise((resolve, reject) => {
    // One that is refused is looked at too: the answer says why.
    const name = isIP(host) ? {} : { servername: host };
    const socket = connect({ host, port, ...name, rejectUnauthorized: false }, () => {
      const shown: PeerCertificate = socket.getPeerCertificate();
      const refused = socket.authorized ? null : String(socket.authorizationError);
      socket.destroy();
      resolve({ refused, validTo: new Date(shown.valid_to) });
    });
    socket.setTimeout(CONNECT_MS, () => socket.destroy(new Error('no answer')));
    socket.on('error', reject);
  });
}
