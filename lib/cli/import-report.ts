import { FORMATS } from '@/lib/sources/formats/reader';
import type { ImportReport } from '@/lib/sources/import';
import type { Output } from './command';

/** Says what an import did, and gives its exit code: 0 when it stored something, or all was stored before. */
export function tell(
  report: ImportReport,
  { from, dryRun, output }: { from: string; dryRun: boolean; output: Output },
): number {
  const { print, note } = output;
  for (const message of report.notes) note(message);
  for (const { place, reason } of report.rejections) note(`rejected ${place}: ${reason}`);
  const untold = report.rejected - report.rejections.length;
  if (untold > 0) note(`and ${untold} more; see: npm run cli -- rejected`);
  if (report.resumedAfter > 0) {
    print(`went on after ${report.resumedAfter} that an interrupted import had stored`);
  }
  const counts = [
    `${report.new} new`,
    `${report.updated} updated`,
    `${report.unchanged} unchanged`,
    `${report.rejected} rejected`,
  ];
  if (report.skipped > 0) counts.push(`${report.skipped} older left out`);
  print(`${report.format}: ${counts.join(', ')}${dryRun ? ' (nothing was stored)' : ''}`);
  if (report.interrupted) {
    print('Interrupted; the same command goes on from there.');
    return 1;
  }
  // What an interrupted import had stored counts too: only rejected lines may have been left.
  const stored = report.new + report.updated + report.unchanged + report.resumedAfter;
  if (report.read + report.rejected + report.skipped === 0) {
    if (report.resumedAfter > 0) {
      print('Nothing was left to do: the interrupted import had stored all of it.');
      return 0;
    }
    note(`${from}: no paper was found in it. --format says how to read it: ${FORMATS.join(', ')}.`);
  }
  return stored > 0 ? 0 : 1;
}
