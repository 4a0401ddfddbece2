import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { z } from 'zod';
import type { TypedPreferences } from './preference-form';

/** A form with a mistake in it, on its way back to the page that shows it again as it was typed. */
export interface FormDraft {
  email: string;
  typed: TypedPreferences;
  /** By name of the field. */
  problems: Record<string, string>;
}

export const DRAFT_COOKIE = 'form-draft';

/** Browsers drop longer cookies, and the form would come back empty. */
const LONGEST_COOKIE = 3_800;
/** Unpacked: a form of that size at most was sent. */
const LONGEST_DRAFT = 64 * 1024;

const line = z.union([z.string(), z.number()]);
const list = z.array(z.string());
const schema: z.ZodType<FormDraft> = z.object({
  email: z.string(),
  typed: z.object({
    cadence: z.string(),
    weekday: line,
    monthday: line,
    hour: line,
    timezone: z.string(),
    maxPapers: line,
    minPapers: line,
    forYou: line,
    subject: z.string(),
    mutedTags: list,
    tags: list,
    authors: list,
    categories: list,
    searches: list,
  }),
  problems: z.record(z.string(), z.string()),
});

/**
 * For the pages at `path`. In a cookie of two minutes and not in the URL: addresses do not belong in
 * anybody's log. Where it would be too long, the saved searches are left out.
 */
export function draftCookie(path: string, draft: FormDraft): string {
  let value = pack(draft);
  if (value.length > LONGEST_COOKIE) {
    value = pack({ ...draft, typed: { ...draft.typed, searches: [] } });
  }
  return `${DRAFT_COOKIE}=${value}; Path=${path}; Max-Age=120; HttpOnly; SameSite=Lax`;
}

/** Null for anything that is no draft. */
export function readDraft(value: string | undefined): FormDraft | null {
  if (!value) return null;
  try {
    const packed = Buffer.from(value, 'base64url');
    const text = inflateRawSync(packed, { maxOutputLength: LONGEST_DRAFT }).toString();
    return schema.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}

function pack(draft: FormDraft): string {
  return deflateRawSync(JSON.stringify(draft)).toString('base64url');
}
