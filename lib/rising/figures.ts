import type { Topic } from './detect';

/** A topic's figures: "14 papers in the last 28 days, 3 in the 28 days before; share × 4.5". */
export function figuresOf(
  { papers, before, growth }: Pick<Topic, 'papers' | 'before' | 'growth'>,
  { words }: { words: string },
): string {
  const recent = `${papers.toLocaleString('en')} ${papers === 1 ? 'paper' : 'papers'}`;
  const earlier = before === 0 ? 'none' : before.toLocaleString('en');
  return `${recent} in the last ${words}, ${earlier} in the ${words} before; share × ${growth.toFixed(1)}`;
}
