/** Hosts whose `/owner/name` pages are code. */
const CODE = /https?:\/\/(?:www\.)?(github\.com|gitlab\.com|bitbucket\.org)\/([\w.-]+)\/([\w.-]+)/i;

/** The first code repository that a text links to, as `https://host/owner/name`, or null. */
export function codeLink(text: string): string | null {
  const match = CODE.exec(text);
  if (!match) return null;
  const name = match[3]!.replace(/\.git$/i, '').replace(/[.]+$/, '');
  return name === '' ? null : `https://${match[1]!.toLowerCase()}/${match[2]}/${name}`;
}

/** An address that a page may link to: http(s) only, bounded, without credentials; else null. */
export function webLink(text: string): string | null {
  const trimmed = text.trim();
  if (trimmed.length > 500 || /[\s\p{Cc}\p{Surrogate}"'<>\\]/u.test(trimmed)) return null;
  const address = /^[a-z][a-z0-9+.-]*:/i.test(trimmed) ? trimmed : `https://${trimmed}`;
  try {
    const url = new URL(address);
    const web = url.protocol === 'https:' || url.protocol === 'http:';
    return web && !url.username && !url.password && url.hostname.includes('.') ? address : null;
  } catch {
    return null;
  }
}
