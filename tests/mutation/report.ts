/** What Stryker wrote of one run, as far as it is read here. */
export interface StrykerReport {
  files: Record<string, { source: string; mutants: StrykerMutant[] }>;
}

interface StrykerMutant {
  replacement: string;
  status: string;
  testsCompleted?: number;
  location: { start: Place; end: Place };
}

/** Lines and columns from 1. */
interface Place {
  line: number;
  column: number;
}

/** A mutant that no test noticed. */
export interface Survivor {
  line: number;
  /** The code that it changes, on one line: as it is, and as the mutant has it. */
  code: string;
  mutant: string;
}

export interface Counts {
  file: string;
  killed: number;
  survivors: Survivor[];
}

/** By file, the mutants that behave like the code itself, each as `Survivor.mutant` has it. */
export type Equivalent = Record<string, readonly { why: string; mutants: readonly string[] }[]>;

const NOTICED = new Set(['Killed', 'Timeout', 'RuntimeError', 'CompileError']);

/** Stryker takes a mutant for alive if its file cannot even be loaded, so that no test runs at all. */
function isNoticed({ status, testsCompleted }: StrykerMutant): boolean {
  return NOTICED.has(status) || (status === 'Survived' && testsCompleted === 0);
}

/** Of each file, how many mutants were noticed and which were not. */
export function countsOf(report: StrykerReport): Counts[] {
  return Object.entries(report.files).map(([file, { source, mutants }]) => {
    const made = mutants.filter(({ status }) => status !== 'Ignored');
    const alive = made.filter((mutant) => !isNoticed(mutant));
    return {
      file,
      killed: made.length - alive.length,
      survivors: alive
        .map((mutant) => survivorOf(source.split('\n'), mutant))
        .sort((a, b) => a.line - b.line),
    };
  });
}

function survivorOf(lines: string[], { location, replacement }: StrykerMutant): Survivor {
  const { start, end } = location;
  const before = lines[start.line - 1]!.slice(0, start.column - 1);
  const after = lines[end.line - 1]!.slice(end.column - 1);
  return {
    line: start.line,
    code: oneLine(lines.slice(start.line - 1, end.line).join('\n')),
    mutant: oneLine(before + replacement + after),
  };
}

const oneLine = (text: string) => text.replace(/\s+/g, ' ').trim();

/** The result in words; not passed where a survivor is not named, or a named one did not survive. */
export function judge(
  counts: readonly Counts[],
  equivalent: Equivalent,
): { lines: string[]; passed: boolean } {
  const lines: string[] = [];
  let passed = true;
  for (const { file, killed, survivors } of counts) {
    const named = (equivalent[file] ?? []).flatMap(({ mutants }) => mutants);
    const open: Survivor[] = [];
    for (const survivor of survivors) {
      const place = named.indexOf(survivor.mutant);
      if (place < 0) open.push(survivor);
      else named.splice(place, 1);
    }
    const total = killed + survivors.length;
    lines.push(
      `${file}: ${killed} of ${total} killed (${((100 * killed) / total).toFixed(1)} %), ` +
        `${survivors.length - open.length} equivalent, ${open.length} survived`,
      ...open.flatMap(({ line, code, mutant }) => [`  ${line}: ${code}`, `    → ${mutant}`]),
      ...named.map((mutant) => `  named as equivalent, but not among the survivors: ${mutant}`),
    );
    if (open.length > 0 || named.length > 0) passed = false;
  }
  return { lines, passed };
}
