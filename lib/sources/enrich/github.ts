import { z } from 'zod';
import type { Asked, Enricher } from '@/lib/sources/enrich/enricher';
import type { ReadItem } from '@/lib/sources/reader';
import { RequestError } from '@/lib/sources/request';
import { wholeBody } from '@/lib/sources/transport';

const repository = z.object({ stargazers_count: z.number() });

/** Stars of the paper's repository. */
export const github: Enricher = {
  atOnce: 20,
  codeHost: 'github.com',
  async *ask(papers, { transport, config, now, githubToken }) {
    for (const paper of papers) {
      const name = repositoryName(paper.codeUrl);
      if (!name) continue;
      const stars = await ask(async () => {
        const { value } = await transport.get(
          `${config.addresses.github}/repos/${name}`,
          {
            headers: {
              accept: 'application/vnd.github+json',
              ...(githubToken && { authorization: `Bearer ${githubToken}` }),
            },
          },
          wholeBody,
        );
        return repository.parse(JSON.parse(value?.toString() ?? '')).stargazers_count;
      });
      if (stars !== null) yield starsOf(paper, stars, now);
    }
  },
};

/** Null for a repository that is gone, private or answered with something else. */
async function ask(question: () => Promise<number>): Promise<number | null> {
  try {
    return await question();
  } catch (error) {
    const gone =
      error instanceof RequestError &&
      !error.temporary &&
      /answered 4(?:04|10|51)/.test(error.message);
    if (gone || error instanceof z.ZodError || error instanceof SyntaxError) return null;
    throw error;
  }
}

/** `owner/name` of a GitHub address. */
export function repositoryName(address: string | null): string | null {
  const match = /^https?:\/\/(?:www\.)?github\.com\/([\w.-]+)\/([\w.-]+)/i.exec(address ?? '');
  return match ? `${match[1]}/${match[2]!.replace(/\.git$/i, '')}` : null;
}

function starsOf(paper: Asked, value: number, now: Date): ReadItem {
  return {
    kind: 'record',
    at: `paper ${paper.arxivId}`,
    record: {
      source: 'github',
      title: paper.title,
      arxivId: paper.arxivId,
      authors: [],
      categories: [],
      keywords: [],
      signals: [{ kind: 'github-stars', value, seenAt: now }],
    },
  };
}
