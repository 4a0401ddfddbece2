import type { EditionInput } from '@/emails/types';
import type { DigestItem, PersonalDigest } from '@/lib/mail/wire/digest-body';
import type { Paper } from '@/lib/papers/paper';

export const SITE = { url: 'https://papers.example.org', postalAddress: '1 Main Street, Town' };

export function paper(id: number, changed: Partial<Paper> = {}): Paper {
  return {
    id,
    arxivId: `2611.${String(id).padStart(5, '0')}`,
    version: 1,
    doi: null,
    title: `Paper number ${id}`,
    abstract: `What paper ${id} found. It is short.`,
    abstractKind: 'abstract',
    tldr: null,
    authors: ['Ada Lovelace', 'Émilie du Châtelet'],
    categories: ['cs.LG'],
    keywords: [],
    publishedAt: new Date('2026-11-20T00:00:00Z'),
    revisedAt: null,
    withdrawnAt: null,
    firstSeenAt: new Date('2026-11-20T00:00:00Z'),
    comment: null,
    journalRef: null,
    license: null,
    codeUrl: null,
    projectUrl: null,
    tags: ['peft'],
    ...changed,
  };
}

export function edition(papers: Paper[]): EditionInput {
  return { site: SITE, cadence: 'weekly', issue: 'Week 47, 2026', papers };
}

export const FEEDBACK = `${SITE.url}/feedback?token=abc_DEF-1`;

export function item(paperId: number, changed: Partial<DigestItem> = {}): DigestItem {
  return {
    paperId,
    form: 'full',
    signal: `▲\u00a0${paperId}`,
    why: `Upvoted ${paperId} times this week`,
    ...changed,
  };
}

export function personal(
  sections: PersonalDigest['sections'],
  changed: Partial<PersonalDigest> = {},
): PersonalDigest {
  return {
    subject: 'Paper number 1, and 1 more',
    preheader: 'Two papers this week',
    heading: 'The week to Friday, 20 November 2026',
    summary: '2 of 50 new papers on PEFT',
    because: 'You get these because you follow PEFT.',
    sections,
    rising: [],
    links: {
      archive: `${SITE.url}/digests/weekly/2026-w47`,
      preferences: `${SITE.url}/preferences?token=p`,
      pause: `${SITE.url}/pause?token=q`,
      unsubscribe: `${SITE.url}/unsubscribe?token=u`,
      feedback: FEEDBACK,
    },
    email: 'reader@example.net',
    ...changed,
  };
}
