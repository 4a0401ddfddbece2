import { z } from 'zod';
import type { ReadItem } from '@/lib/ingest/read-item';
import { checkpoint } from '@/lib/ingest/read-item';
import type { Asked, Enricher } from '@/lib/sources/enrich/types';
import { wholeBody } from '@/lib/sources/fetch/request';
import { RequestError } from '@/lib/sources/fetch/request-error';

const repository = z.object({ stargazers_count: z.number() });

/** Stars of the paper's repository. */
export const github: Enricher = {
  atOnce: 20,
  codeHost: 'github.com',
  async *ask(papers, { transport, config, now, githubToken }) {
    const remembered: (() => Promise<void>)[] = [];
    for (const paper of papers) {
      const name = repositoryName(paper.codeUrl);
      if (!name) continue;
      const stars = await ask(async () => {
        const { value, remember } = await transport.get(
          // Two papers may share a repository: each remembers for itself what it was told.
          `${config.addresses.github}/repos/${name}#paper-${paper.id}`,
          {
            ifChanged: true,
            headers: {
              accept: 'application/vnd.github+json',
              ...(githubToken && { authorization: `Bearer ${githubToken}` }),
            },
          },
          wholeBody,
        );
        if (value === null) return null;
        const { stargazers_count } = repository.parse(JSON.parse(value.toString()));
        remembered.push(remember);
        return stargazers_count;
      });
      if (stars !== null) yield starsOf(paper, stars, now);
    }
    yield checkpoint({}, async () => {
      for (const remember of remembered) await remember();
    });
  },
};

/** Null for a repository that has not changed, is gone, private or answered with something else. */
async function ask(question: () => Promise<number | null>): Promise<number | null> {
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
function repositoryName(address: string | null): string | null {
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
