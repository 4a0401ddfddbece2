/** A snapshot line as arXiv's own export has it. */
export function snapshotLine(number: number, more: object = {}): string {
  return JSON.stringify({
    id: `2401.${String(number).padStart(5, '0')}`,
    title: `Parameter-Efficient Fine-Tuning with LoRA, Part ${number}`,
    abstract: `We propose case ${number} of low-rank adaptation (LoRA), a parameter-efficient fine-tuning method.`,
    authors: [`Ann Author${number}`],
    date: '2024-01-02',
    categories: ['cs.LG'],
    ...more,
  });
}

export function snapshot(count: number): string {
  return Array.from({ length: count }, (_, i) => snapshotLine(i)).join('\n');
}

export async function* bytes(text: string): AsyncGenerator<Uint8Array> {
  const all = Buffer.from(text);
  for (let from = 0; from < all.length; from += 65_536) yield all.subarray(from, from + 65_536);
}
