import { existsSync, readFileSync } from 'node:fs';
import { embeddedLocation } from '../../lib/db/location';
import { lockHolder } from '../../lib/db/lock';
import type { DatabaseTarget } from '../../lib/db/target';

/** Linux counts in hundredths of a second. */
const TICK_MS = 10;

/** Processor time so far, in milliseconds: of this process, and of its embedded database where there is one. */
export interface ProcessorTime {
  own: number;
  database: number | null;
}

/** Tells how busy a piece of work keeps a machine on which others work too. */
export function processorTime(target: DatabaseTarget): ProcessorTime {
  const { user, system } = process.cpuUsage();
  return { own: (user + system) / 1_000, database: databaseTime(target) };
}

function databaseTime(target: DatabaseTarget): number | null {
  const holder = 'dataDir' in target ? lockHolder(embeddedLocation(target.dataDir).lock) : null;
  const file = `/proc/${holder?.pid}/stat`;
  if (!existsSync(file)) return null;
  // What stands before the bracket may have blanks in it.
  const fields = readFileSync(file, 'utf8').split(') ')[1]!.split(' ');
  return (Number(fields[11]) + Number(fields[12])) * TICK_MS;
}
