import type { HostRule } from '@/lib/sources/fetch/host-slot-store';

/** What each host allows. */
export function hostRule(host: string): HostRule {
  if (/(?:^|\.)arxiv\.org$/.test(host)) return { key: 'arxiv.org', delayMs: 3_000, concurrency: 1 };
  // 500 requests in 5 minutes.
  if (/(?:^|\.)huggingface\.co$/.test(host)) return { key: host, delayMs: 700, concurrency: 1 };
  if (host === 'api.semanticscholar.org') return { key: host, delayMs: 1_100, concurrency: 1 };
  if (host === 'api.github.com') return { key: host, delayMs: 200, concurrency: 1 };
  return { key: host, delayMs: 1_000, concurrency: 2 };
}

/** A name for the other side's log, and whom to write to. */
export function userAgentFor({
  siteUrl,
  contactEmail,
}: {
  siteUrl: string;
  contactEmail: string | null;
}): string {
  const contact = contactEmail ? `; mailto:${contactEmail}` : '';
  return `Broadsheet/0.1 (+${siteUrl}${contact})`;
}
