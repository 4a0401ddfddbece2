/**
 * Hides the lines of a list, `li[data-name]`, that do not have a text in their name, and groups without any
 * line left. Returns how many are left.
 */
export function narrowLines(list: ParentNode, text: string): number {
  const wanted = text.trim().toLowerCase();
  const lines = [...list.querySelectorAll<HTMLElement>('li[data-name]')];
  for (const line of lines) line.hidden = !line.dataset.name!.includes(wanted);
  for (const group of list.querySelectorAll<HTMLElement>('.group')) {
    group.hidden = !group.querySelector('li:not([hidden])');
  }
  return lines.filter((line) => !line.hidden).length;
}
