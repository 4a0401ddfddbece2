/** Fields by name: `name = {value}`, `"value"`, a number, or strings joined with `#`. */
export function fieldsOf(body: string, strings: Map<string, string>): Map<string, string> {
  const found = new Map<string, string>();
  const name = /[\s,]*([\w-]+)\s*=\s*/y;
  let at = 0;
  for (;;) {
    name.lastIndex = at;
    const match = name.exec(body);
    if (!match) break;
    at = name.lastIndex;
    let value = '';
    for (;;) {
      const part = fieldPart(body, at);
      value += part.literal ? part.text : (strings.get(part.text.toLowerCase()) ?? part.text);
      const joint = /\s*#\s*/y;
      joint.lastIndex = part.end;
      if (!joint.test(body)) {
        at = part.end;
        break;
      }
      at = joint.lastIndex;
    }
    if (value.trim() !== '') found.set(match[1]!.toLowerCase(), value.trim());
  }
  return found;
}

function fieldPart(body: string, at: number): { text: string; end: number; literal: boolean } {
  const opening = body[at];
  if (opening !== '{' && opening !== '"') {
    const text = /[^\s,#{}"]*/y;
    text.lastIndex = at;
    const bare = text.exec(body)?.[0] ?? '';
    return { text: bare, end: at + bare.length, literal: /^\d*$/.test(bare) };
  }
  let depth = 0;
  for (let i = at + 1; i < body.length; i++) {
    const c = body[i];
    if (c === '\\') i++;
    else if (c === '{') depth++;
    else if (depth === 0 && c === (opening === '{' ? '}' : '"')) {
      return { text: body.slice(at + 1, i), end: i + 1, literal: true };
    } else if (c === '}') depth--;
  }
  return { text: body.slice(at + 1), end: body.length, literal: true };
}
