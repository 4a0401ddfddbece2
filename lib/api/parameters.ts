import type { z } from 'zod';
import { problem } from '@/lib/http/problem';

/**
 * Reads the parameters of an address by a schema: those whose schema is an array may come several
 * times. What does not fit gives a 400 that names the parameter.
 */
export function readParameters<S extends z.ZodObject>(
  schema: S,
  params: URLSearchParams,
): { values: z.output<S> } | { refused: Response } {
  const raw: Record<string, string | string[]> = {};
  for (const name of new Set(params.keys())) {
    const given = params.getAll(name);
    if (isList(schema, name)) raw[name] = given;
    else if (given.length > 1) return { refused: badParameter(name, 'can be given only once') };
    else raw[name] = given[0]!;
  }
  const parsed = schema.safeParse(raw);
  if (parsed.success) return { values: parsed.data };
  const issue = parsed.error.issues[0]!;
  if (issue.code === 'unrecognized_keys') {
    const known = Object.keys(schema.shape).join(', ');
    return { refused: badParameter(issue.keys[0]!, `is not known here; known are ${known}`) };
  }
  return { refused: badParameter(String(issue.path[0] ?? ''), issue.message) };
}

/** 400 as `application/problem+json`. `what` completes the sentence that begins with the name. */
export function badParameter(parameter: string, what: string): Response {
  return problem(400, 'Bad parameter', `The parameter "${parameter}" ${what}.`, { parameter });
}

function isList(schema: z.ZodObject, name: string): boolean {
  let type: unknown = Object.hasOwn(schema.shape, name) ? schema.shape[name] : undefined;
  while (type && typeof type === 'object' && 'def' in type) {
    const def = type.def as { type: string; innerType?: unknown };
    if (def.type === 'array') return true;
    type = def.innerType;
  }
  return false;
}
