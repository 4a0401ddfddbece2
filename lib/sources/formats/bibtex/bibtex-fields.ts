const NAME = String.raw`([^\s,={}"#()%]{1,100})\s{0,50}=\s*`;
const FIELD = new RegExp(String.raw`[\s,}]*${NAME}`, 'y');
const LATER_FIELD = new RegExp(String.raw`[,\n]\s{0,50}${NAME}`, 'g');

/** Whether a text begins with a field, as that of an entry without a key does. */
export function beginsWithField(text: string): boolean {
  FIELD.lastIndex = 0;
  return FIELD.test(text);
}

/**
 * Fields by name: `name = {value}`, `"value"`, a number, or strings joined with `#`. What is no field
 * is passed over to the next one.
 */
export function fieldsOf(body: string, strings: Map<string, string>): Map<string, string> {
  const found = new Map<string, string>();
  let at = 0;
  for (;;) {
    const match = matchAt(FIELD, body, at) ?? matchAt(LATER_FIELD, body, at);
    if (!match) break;
    at = match.index + match[0].length;
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

function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
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
