export interface Output {
  /** A line of the answer. */
  print(line: string): void;
  /** A line about the work: complaints, hints. */
  note(line: string): void;
  /** Replaces the line of progress on a terminal; on a log, prints one now and then. */
  progress(line: string): void;
}

export interface Command {
  name: string;
  /** Without the program's name: `import FILE-OR-URL [--format FORMAT]`. */
  usage: string[];
  summary: string;
  /** Gives the exit code: 0 only when it did what it was asked. */
  run(args: string[], output: Output): Promise<number>;
}

/** The words of the command line do not fit; the usage is printed under the message. */
export class UsageError extends Error {
  override name = 'UsageError';
}
