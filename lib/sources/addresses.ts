import ipaddr from 'ipaddr.js';

/** Whether an IP address belongs to a host on the internet: not loopback, private, link-local or reserved. */
export function isPublicAddress(address: string): boolean {
  // A zone (`fe80::1%eth0`) only exists on local addresses.
  if (!ipaddr.isValid(address)) return false;
  let ip = ipaddr.parse(address);
  if (ip instanceof ipaddr.IPv6) {
    if (ip.isIPv4MappedAddress()) ip = ip.toIPv4Address();
    // Translated IPv4 (NAT64, 6to4, Teredo) may hide a private address: none of our sources needs it.
    else return ip.range() === 'unicast' && !/^(?:64:ff9b|2002|2001:0):/.test(ip.toString());
  }
  return ip.range() === 'unicast';
}
