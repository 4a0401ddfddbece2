import { oneLine } from '@/lib/runtime/one-line';

/**
 * Places in a template that are filled for each reader. Private-use characters mark them:
 * `plainText` and `slotText` let nobody else bring one in.
 */
const OPEN = '\ue000';
const CLOSE = '\ue001';
const SLOT = /\ue000(\w+)\ue001/;

/** Names ending in `Url` take addresses. */
export function slot(name: string): string {
  return OPEN + name + CLOSE;
}

/** What stands around the slots, and their names: there is one piece more than there are slots. */
export function splitAtSlots(template: string): { pieces: string[]; slots: string[] } {
  const parts = template.split(SLOT);
  return {
    pieces: parts.filter((_, i) => i % 2 === 0),
    slots: parts.filter((_, i) => i % 2 === 1),
  };
}

/** Text for a slot: one line, no controls, no marks of slots. */
export function slotText(text: string): string {
  return oneLine(text.replace(/\p{Co}/gu, ' '));
}

/** @throws TypeError for anything but an http or https URL in ASCII */
export function slotUrl(url: string): string {
  if (!/^https?:\/\/[!-~]+$/.test(url) || /["'<>\\]/.test(url)) {
    throw new TypeError(`not a URL for a mail: ${JSON.stringify(url)}`);
  }
  return url;
}
