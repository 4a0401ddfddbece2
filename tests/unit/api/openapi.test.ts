import { readdirSync } from 'node:fs';
import { Validator } from '@seriousme/openapi-schema-validator';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { describeOperation, openApi } from '@/lib/api/openapi';
import { OPERATIONS } from '@/lib/api/operations';

const description = () =>
  JSON.parse(JSON.stringify(openApi(OPERATIONS, 'https://papers.example.org')));

test('the description keeps the rules of OpenAPI 3.1', async () => {
  const validator = new Validator();
  expect(await validator.validate(description())).toEqual({ valid: true });
  expect(validator.version).toBe('3.1');
});

test('every route of the API is described', () => {
  const root = new URL('../../../app/', import.meta.url);
  const routes = readdirSync(new URL('api/v1/', root), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('/route.ts') && !file.startsWith('openapi.json/'))
    .map((file) => `/api/v1/${file.slice(0, -'/route.ts'.length)}`.replace(/\[(\w+)\]/g, '{$1}'));
  expect(Object.keys(description().paths).sort()).toEqual(routes.sort());
});

test('every part of a path is a parameter, and ids are different', () => {
  const { paths } = description();
  const ids: string[] = [];
  for (const [path, methods] of Object.entries<Record<string, Operation>>(paths)) {
    const parts = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
    for (const operation of Object.values(methods)) {
      const declared = operation.parameters.filter((p) => p.in === 'path').map((p) => p.name);
      expect(declared).toEqual(parts);
      ids.push(operation.operationId);
    }
  }
  expect(new Set(ids).size).toBe(ids.length);
});

test('says that no key is needed, under which licence, and that there are errors in words', () => {
  const { security, info, paths } = description();
  expect(security).toEqual([]);
  expect(info.license).toEqual({ name: 'MIT', identifier: 'MIT' });
  for (const methods of Object.values<Record<string, Operation>>(paths)) {
    for (const { responses } of Object.values(methods)) {
      expect(Object.keys(responses)).toEqual(expect.arrayContaining(['4XX', '5XX']));
    }
  }
});

interface Operation {
  responses: object;
  operationId: string;
  parameters: { name: string; in: string }[];
}

describe('parameters in words', () => {
  test('types, limits and defaults', () => {
    const rows = describeOperation({
      method: 'get',
      path: '/x/{id}',
      id: 'x',
      summary: 'X',
      pathParameters: z.object({ id: z.string() }),
      query: z.object({
        limit: z.coerce.number().int().min(1).max(9).default(5).describe('How many'),
        kind: z.enum(['a', 'b']).optional(),
        tag: z.array(z.string()).default([]),
      }),
      answers: [],
    });
    expect(rows).toEqual([
      { name: 'id', required: true, value: 'text', meaning: '' },
      { name: 'limit', required: false, value: 'integer, 1 to 9 (5)', meaning: 'How many' },
      { name: 'kind', required: false, value: 'a, b', meaning: '' },
      { name: 'tag', required: false, value: 'list of text', meaning: '' },
    ]);
  });
});
