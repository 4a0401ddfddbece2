import ipaddr from 'ipaddr.js';

/** What is wrong with the links in mails that leave this machine, or null. */
export function linkProblem({
  smtpUrl,
  siteUrl,
}: {
  smtpUrl: string | null;
  siteUrl: string;
}): string | null {
  if (smtpUrl === null) return null;
  const { protocol, hostname } = new URL(siteUrl);
  const example = 'Set it to the public address, such as SITE_URL=https://papers.example.org';
  if (isLocal(hostname.replace(/^\[(.*)\]$/, '$1'))) {
    return `SITE_URL is ${siteUrl}, which is this machine alone: no link in a mail works for its reader. ${example}`;
  }
  if (protocol !== 'https:') {
    return `SITE_URL is ${siteUrl}, without https: mail programs offer no unsubscribing in one click. ${example}`;
  }
  return null;
}

function isLocal(host: string): boolean {
  if (ipaddr.isValid(host))
    return ['loopback', 'unspecified'].includes(ipaddr.process(host).range());
  return host === 'localhost' || host.endsWith('.localhost');
}
