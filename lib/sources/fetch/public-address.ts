import ipaddr from 'ipaddr.js';

/** Whether an IP address belongs to a host on the internet: not loopback, private, link-local or reserved. */
export function isPublicAddress(address: string): boolean {
  // A zone (`fe80::1%eth0`) only exists on local addresses.
  if (!ipaddr.isValid(address)) return false;
  let ip = ipaddr.parse(address);
  if (ip instanceof ipaddr.IPv6) {
    if (ip.isIPv4MappedAddress()) ip = ip.toIPv4Address();
    // All that is given out so far. Outside of it, IPv4 written as IPv6 may hide a private address; inside,
    // 6to4 and Teredo have ranges of their own.
    else return ip.range() === 'unicast' && (ip.parts[0]! & 0xe000) === 0x2000;
  }
  return ip.range() === 'unicast';
}
