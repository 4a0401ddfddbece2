import { lookup as systemLookup } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import ipaddr from 'ipaddr.js';
import { RequestError } from '@/lib/sources/fetch/request-error';

/** Whether an IP address is on the internet: not loopback, private, link-local or reserved. */
export function isPublicAddress(address: string): boolean {
  // A zone (`fe80::1%eth0`) only exists on local addresses.
  if (!ipaddr.isValid(address)) return false;
  let ip = ipaddr.parse(address);
  if (ip instanceof ipaddr.IPv6) {
    if (ip.isIPv4MappedAddress()) ip = ip.toIPv4Address();
    // 2000::/3 is all that was ever given out. Outside of it, IPv4 written as IPv6 may hide a private
    // address; 6to4 and Teredo, inside, are no unicast ranges here.
    else return ip.range() === 'unicast' && (ip.parts[0]! & 0xe000) === 0x2000;
  }
  return ip.range() === 'unicast';
}

/** For addresses written as numbers, which nobody looks up. */
export function refusePrivateAddress({ hostname }: URL): void {
  const host = hostname.replace(/^\[|\]$/g, '');
  if (isIP(host) && !isPublicAddress(host)) throw privateAddress(host);
}

/**
 * The system's look-up, whose every address has to be public. Checked on connecting, so that no second
 * look-up can differ.
 */
export const publicLookup: LookupFunction = (hostname, options, callback) => {
  systemLookup(hostname, { ...options, all: true }, (error, addresses) => {
    if (error) return callback(error, []);
    const refused = addresses.find(({ address }) => !isPublicAddress(address));
    if (refused) return callback(privateAddress(`${hostname} (${refused.address})`), []);
    if (options.all) return callback(null, addresses);
    callback(null, addresses[0]!.address, addresses[0]!.family);
  });
};

function privateAddress(host: string): RequestError {
  return new RequestError(`${host} is an address inside a private network`, false);
}
