/** One measured number beside what it is compared with, both seen in the same run. */
export interface Figure {
  /** What was measured, in words. */
  figure: string;
  value: number;
  unit: string;
  /** What it is measured against: a number of the same run or a published one, with its name. */
  reference: string;
  /** What was to be reached, such as ">= 0.8". */
  goal: string;
  ok: boolean;
}

export type Report = (figure: Figure) => void;

/** The upper one of the two in the middle; NaN of none. */
export function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}
