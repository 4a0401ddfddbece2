import { isoDay } from '@/lib/calendar/day-names';
import { arxivAbstractUrl, arxivPdfUrl, doiUrl, webUrl } from '@/lib/papers/display';
import type { Paper } from '@/lib/papers/paper';
import { namedTags } from '@/lib/tags/taxonomy';

/** A paper's page as Markdown. Formulas stay TeX; what Markdown or HTML would read is escaped. */
export function paperMarkdown(paper: Paper, pageUrl: string): string {
  const facts: [name: string, value: string | null | undefined][] = [
    ['Authors', paper.authors.map(escapeMarkdown).join(', ')],
    ['Published', paper.publishedAt && isoDay(paper.publishedAt)],
    ['Revised', paper.revisedAt && isoDay(paper.revisedAt)],
    ['Withdrawn', paper.withdrawnAt && isoDay(paper.withdrawnAt)],
    ['Categories', paper.categories.join(', ')],
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
  return url && `<${url.replaceAll('>', '%3E')}>`;
}

/** Formulas between dollars are left as they are, apart from what HTML would read. */
function escapeMarkdown(text: string): string {
  return text
    .replace(/\s+/g, ' ')
    .trim()
    .split(/(\$[^$]+\$)/)
    .map((part, index) => (index % 2 === 1 ? part : part.replace(/[\\`*_[\]#|~]/g, '\\$&')))
    .join('')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replace(/^(\d+)([.)])/, '$1\\$2')
    .replace(/^([-+>])/, '\\$1');
}
