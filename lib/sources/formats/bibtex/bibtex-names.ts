import { withoutGroups } from '@/lib/papers/normalise';

/** "Last, First" or "First Last", joined by "and". What stands in braces is one name as it is. */
export function authorsOf(field: string): string[] {
  const names: string[] = [];
  let depth = 0;
  let from = 0;
  const line = `${field.replace(/\s+/g, ' ')} and `;
  for (const { 0: token, index } of line.matchAll(/\\.|[{}]| and /gi)) {
    if (token === '{') depth++;
    else if (token === '}') depth--;
    else if (token[0] === ' ' && depth <= 0) {
      names.push(line.slice(from, index).trim());
      from = index + token.length;
    }
  }
  return names
    .map((name) => (isOneGroup(name) ? withoutGroups(name) : displayName(withoutGroups(name))))
    .filter((name) => name !== '' && name.toLowerCase() !== 'others');
}

/** Whether the first brace closes with the last. */
function isOneGroup(text: string): boolean {
  if (!text.startsWith('{')) return false;
  let depth = 0;
  for (const { 0: token, index } of text.matchAll(/\\.|[{}]/g)) {
    if (token === '{') depth++;
    else if (token === '}' && --depth === 0) return index === text.length - 1;
  }
  return false;
}

/** "First Last" from "Last, First" or "Last, Jr., First"; anything else as it is. */
function displayName(name: string): string {
  const parts = name.split(',').map((part) => part.trim());
  if (parts.length === 2) return `${parts[1]} ${parts[0]}`.trim();
  if (parts.length === 3) return `${parts[2]} ${parts[0]} ${parts[1]}`.trim();
  return name.trim();
}
