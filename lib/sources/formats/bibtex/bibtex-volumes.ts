interface InVolume {
  key: string;
  values: Map<string, string> | null;
}

/** What an entry has from the volume that its `crossref` names. */
const INHERITED = ['date', 'year', 'month', 'journal', 'journaltitle'];
/** More entries than this neither wait for their volume nor are known as one. */
const MOST_HELD = 5_000;

/**
 * Volumes that entries name by `crossref`. BibTeX wants a volume to follow its entries, so these wait
 * for it; biblatex lets it stand before them too.
 */
export class Volumes<E extends InVolume> {
  private readonly known = new Map<string, Map<string, string>>();
  private readonly waiting = new Map<string, E[]>();
  private held = 0;

  /** The entries whose fields are complete with this one, each with what it inherits. */
  add(entry: E): { values: E['values']; waiting: E }[] {
    const key = keyOf(entry.key);
    const parent = keyOf(entry.values?.get('crossref') ?? '');
    const ready = [];
    if (parent !== '' && !this.known.has(parent) && this.held < MOST_HELD) {
      this.held++;
      this.waiting.set(parent, [...(this.waiting.get(parent) ?? []), entry]);
    } else {
      ready.push({ values: inheriting(entry.values, this.known.get(parent)), waiting: entry });
    }
    if (key !== '' && entry.values) {
      for (const child of this.waiting.get(key) ?? []) {
        ready.push({ values: inheriting(child.values, entry.values), waiting: child });
        this.held--;
      }
      this.waiting.delete(key);
      if (this.known.size < MOST_HELD) this.known.set(key, bequest(entry.values));
    }
    return ready;
  }

  /** The entries whose volume is not there. */
  rest(): { values: E['values']; waiting: E }[] {
    return [...this.waiting.values()]
      .flat()
      .map((waiting) => ({ values: waiting.values, waiting }));
  }
}

function keyOf(text: string): string {
  return text.trim().toLowerCase();
}

function bequest(values: Map<string, string>): Map<string, string> {
  const kept = new Map([...values].filter(([name]) => INHERITED.includes(name)));
  const booktitle = values.get('booktitle') ?? values.get('title');
  return booktitle === undefined ? kept : kept.set('booktitle', booktitle);
}

function inheriting(
  values: Map<string, string> | null,
  volume: Map<string, string> | undefined,
): Map<string, string> | null {
  return values && volume ? new Map([...bequest(volume), ...values]) : values;
}
