import { isoDay } from '@/lib/calendar/day-names';
import { arxivAbstractUrl, arxivPdfUrl, doiUrl, webUrl } from '@/lib/papers/display';
import type { Paper } from '@/lib/papers/paper';
import { splitMaths } from '@/lib/papers/tex/mathml';
import { namedTags } from '@/lib/tags/taxonomy';

/** A paper's page as Markdown. Formulas stay TeX; what Markdown or HTML would read is escaped. */
export function paperMarkdown(paper: Paper, pageUrl: string): string {
  const facts: [name: string, value: string | null | undefined][] = [
    ['Authors', paper.authors.map(escapeMarkdown).join(', ')],
    ['Published', paper.publishedAt && isoDay(paper.publishedAt)],
    ['Revised', paper.revisedAt && isoDay(paper.revisedAt)],
    ['Withdrawn', paper.withdrawnAt && isoDay(paper.withdrawnAt)],
    ['Categories', paper.categories.map(escapeMarkdown).join(', ')],
    ['Journal', paper.journalRef && escapeMarkdown(paper.journalRef)],
    ['Comment', paper.comment && escapeMarkdown(paper.comment)],
    [
      'Tags',
      namedTags(paper.tags)
        .map(({ name }) => name)
        .join(', '),
    ],
    ['arXiv', paper.arxivId && link(arxivAbstractUrl(paper.arxivId))],
    ['PDF', paper.arxivId && link(arxivPdfUrl(paper.arxivId))],
    ['DOI', paper.doi && link(doiUrl(paper.doi))],
    ['Code', link(webUrl(paper.codeUrl))],
    ['Project', link(webUrl(paper.projectUrl))],
    ['Page', link(pageUrl)],
  ];
  const lines = facts.flatMap(([name, value]) => (value ? [`- ${name}: ${value}`] : []));
  const own = paper.abstractKind === 'abstract';
  return [
    `# ${escapeMarkdown(paper.title)}`,
    lines.join('\n'),
    ...(paper.tldr ? [`> ${escapeMarkdown(paper.tldr)}`] : []),
    ...(paper.abstract
      ? [
          own ? '## Abstract' : '## Summary (not by the authors)',
          ...paper.abstract.split(/\n{2,}/).map(escapeMarkdown),
        ]
      : []),
  ]
    .join('\n\n')
    .concat('\n');
}

function link(url: string | null): string | null {
  return url && `<${url.replace(/[<>\s]/g, encodeURIComponent)}>`;
}

/** Formulas stay TeX, apart from what HTML would read, and nothing in them makes a link or code. */
function escapeMarkdown(text: string): string {
  return splitMaths(text.replace(/[\s\p{Cc}]+/gu, ' ').trim())
    .map((part) => {
      if (part.kind === 'text') return escapeWords(part.text);
      if (/(?<!\\)\$/.test(part.tex)) return escapeWords(part.source);
      const tex = part.tex.replace(/\](?=[([])/g, ']{}').replaceAll('`', '{\\lq}');
      return part.display ? `$$${tex}$$` : `$${tex}$`;
    })
    .join('')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replace(/^(\d+)([.)])/, '$1\\$2')
    .replace(/^([-+>=])/, '\\$1');
}

function escapeWords(text: string): string {
  return text.replace(/[\\`*_[\]#|~$]/g, '\\$&');
}
