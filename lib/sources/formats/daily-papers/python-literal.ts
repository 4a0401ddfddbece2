/**
 * Archives of JSON interfaces made with Python hold `str(dict)` now and then: single quotes, True,
 * False, None. Turns such a literal into JSON text, or gives null for anything that is none.
 */
export function pythonLiteralToJson(text: string): string | null {
  const tokens =
    /\s+|[[\]{}:,]|True\b|False\b|None\b|-?\d+(?:\.\d+)?(?:e[+-]?\d+)?|'(?:\\[\s\S]|[^'\\])*'|"(?:\\[\s\S]|[^"\\])*"/gy;
  const parts: string[] = [];
  let end = 0;
  for (const match of text.matchAll(tokens)) {
    const token = match[0];
    end = match.index + token.length;
    if (token[0] === "'" || token[0] === '"') parts.push(JSON.stringify(unescaped(token)));
    else parts.push(CONSTANTS[token] ?? token);
  }
  return end === text.length && end > 0 ? parts.join('') : null;
}

const CONSTANTS: Record<string, string> = { True: 'true', False: 'false', None: 'null' };
const ESCAPES: Record<string, string> = { n: '\n', t: '\t', r: '\r' };

function unescaped(quoted: string): string {
  return quoted
    .slice(1, -1)
    .replace(
      /\\(?:x([0-9a-f]{2})|u([0-9a-f]{4})|U([0-9a-f]{8})|([\s\S]))/gi,
      (_, x, u, long, other: string | undefined) => {
        if (other !== undefined) return ESCAPES[other] ?? other;
        const point = Number.parseInt(x ?? u ?? long, 16);
        return point <= 0x10ffff ? String.fromCodePoint(point) : '\uFFFD';
      },
    );
}
