import { z } from 'zod';
import type { TokenScope } from '@/lib/db/generated/enums';

/** One operation of the API: what its handler validates with, and what it answers. */
export interface Operation {
  method: 'get' | 'post' | 'put' | 'patch' | 'delete';
  /** With `{name}` for parts of the path. */
  path: string;
  /** Unique; programs made from the description call it so. */
  id: string;
  summary: string;
  description?: string;
  /** What a personal token needs for it; without, no token is needed. */
  scope?: TokenScope;
  pathParameters?: z.ZodObject;
  query?: z.ZodObject;
  body?: { mediaType: string; schema: z.ZodType }[];
  answers: Answer[];
}

interface Answer {
  status: number;
  description: string;
  /** JSON where nothing else is said; several where the path decides. */
  mediaType?: string | readonly string[];
  schema?: z.ZodType;
}

/** RFC 9457, as lib/http/problem.ts writes it. */
const problem = z.looseObject({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  detail: z.string().optional(),
});

/** An OpenAPI 3.1 description of these operations. */
export function openApi(
  operations: readonly Operation[],
  siteUrl: string,
): Record<string, unknown> {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const operation of operations) {
    paths[operation.path] = { ...paths[operation.path], [operation.method]: entry(operation) };
  }
  return {
    openapi: '3.1.1',
    info: {
      title: 'Broadsheet',
      version: '1',
      license: { name: 'MIT', identifier: 'MIT' },
      description:
        'Trending research papers. No key is needed, but for a reader’s own. Answers carry ETags; please ask at most once a second.',
    },
    servers: [{ url: siteUrl }],
    // Said, because the absence of keys could be an oversight.
    security: [],
    paths,
    components: {
      schemas: { Problem: jsonSchema(problem, 'output') },
      securitySchemes: {
        personalToken: {
          type: 'http',
          scheme: 'bearer',
          description: 'Made on /account, with the scopes read, write and account.',
        },
      },
    },
  };
}

function entry(operation: Operation): Record<string, unknown> {
  const { id, summary, description, scope, pathParameters, query, body, answers } = operation;
  return {
    operationId: id,
    summary,
    ...(description && { description }),
    ...(scope && { security: [{ personalToken: [scope] }] }),
    parameters: [...parameters(pathParameters, 'path'), ...parameters(query, 'query')],
    ...(body && {
      requestBody: { required: true, content: content(body, 'input') },
    }),
    responses: {
      ...Object.fromEntries(answers.map((answer) => [answer.status, response(answer)])),
      '4XX': problemAnswer('What was asked cannot be answered'),
      '5XX': problemAnswer(
        'The site cannot answer at present; with Retry-After, after that many seconds',
      ),
    },
  };
}

/** An error, as a problem of RFC 9457. */
const problemAnswer = (description: string) => ({
  description,
  content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
});

function parameters(schema: z.ZodObject | undefined, where: 'path' | 'query') {
  if (!schema) return [];
  const { properties = {}, required = [] } = jsonSchema(schema, 'input');
  return Object.entries(properties).map(([name, property]) => {
    const { description, ...rest } = property as { description?: string };
    return {
      name,
      in: where,
      required: where === 'path' || required.includes(name),
      ...(description && { description }),
      schema: rest,
    };
  });
}

function response({ description, mediaType = 'application/json', schema }: Answer) {
  if (!schema) return { description };
  const bodies = [mediaType].flat().map((each) => ({ mediaType: each, schema }));
  return { description, content: content(bodies, 'output') };
}

function content(bodies: { mediaType: string; schema: z.ZodType }[], io: 'input' | 'output') {
  return Object.fromEntries(
    bodies.map(({ mediaType, schema }) => [mediaType, { schema: jsonSchema(schema, io) }]),
  );
}

function jsonSchema(schema: z.ZodType, io: 'input' | 'output') {
  const { $schema, ...rest } = z.toJSONSchema(schema, {
    io,
    unrepresentable: 'any',
    // A format's name says enough: its pattern fills a screen.
    override: ({ jsonSchema: made }) => {
      if (made.format) delete made.pattern;
    },
  });
  return rest;
}

interface ParameterRow {
  name: string;
  required: boolean;
  /** Type and limits, in words. */
  value: string;
  meaning: string;
}

/** Parameters of the path, the query and the body, for readers. */
export function describeOperation({ pathParameters, query, body }: Operation): ParameterRow[] {
  const schemas = [pathParameters, query, ...(body ?? []).map(({ schema }) => schema)];
  return schemas.flatMap((schema) => {
    if (!schema) return [];
    const { properties = {}, required = [] } = jsonSchema(schema, 'input');
    return Object.entries(properties).map(([name, property]) => ({
      name,
      required: required.includes(name),
      ...inWords(property as JsonProperty),
    }));
  });
}

interface JsonProperty {
  type?: string;
  format?: string;
  description?: string;
  enum?: unknown[];
  items?: JsonProperty;
  minimum?: number;
  maximum?: number;
  default?: unknown;
}

function inWords({ description = '', ...property }: JsonProperty) {
  const { minimum, maximum, default: usual } = property;
  const range = minimum !== undefined && maximum !== undefined ? `, ${minimum} to ${maximum}` : '';
  const isSaid = usual !== undefined && !(Array.isArray(usual) && usual.length === 0);
  return {
    value: `${typeInWords(property)}${range}${isSaid ? ` (${usual})` : ''}`,
    meaning: description,
  };
}

function typeInWords({ enum: values, type, format, items }: JsonProperty): string {
  if (values) return values.join(', ');
  if (items) return `list of ${typeInWords(items)}`;
  if (type === 'string') return format ?? 'text';
  return type ?? 'anything';
}
