// @ts-check
import ipaddr from 'ipaddr.js';

/**
 * How many bits of an address one customer of a provider has, and how many one site may have. Of IPv6 a
 * customer gets a /64 at least and changes the rest at will; a site may have a /48. Of IPv4 a customer
 * has one address, which many readers may share already; a /24 is the least that is routed by itself.
 */
const BITS = {
  customer: { ipv4: 32, ipv6: 64 },
  site: { ipv4: 24, ipv6: 48 },
};

/**
 * The network that an address is of, such as `2001:db8:1:2::/64`; null for what is no address. An IPv4
 * address that is mapped into IPv6 is an IPv4 address.
 *
 * @param {string} address
 * @param {keyof typeof BITS} [holder]
 */
export function networkOf(address, holder = 'customer') {
  if (!ipaddr.isValid(address)) return null;
  const parsed = ipaddr.process(address);
  const bits = BITS[holder][parsed.kind()];
  const bytes = parsed.toByteArray().map((byte, index) => (index * 8 < bits ? byte : 0));
  return `${ipaddr.fromByteArray(bytes)}/${bits}`;
}

/**
 * An address as it is usually written, `192.0.2.1` for `::ffff:192.0.2.1`; what is no address stays.
 *
 * @param {string} address
 */
export function plainAddress(address) {
  return ipaddr.isValid(address) ? ipaddr.process(address).toString() : address;
}

/**
 * `loopback`, `private`, `unicast` and so on, as ipaddr.js names them; null for what is no address.
 *
 * @param {string} address
 */
export function rangeOf(address) {
  return ipaddr.isValid(address) ? ipaddr.process(address).range() : null;
}
