import type { Report } from './figure';
import { searchQuality } from './search-quality';
import { searchSpeed } from './search-speed';

/** Quality on judged sets, and speed beside SQLite FTS5 on 100,000 real abstracts. */
export default async function search(report: Report): Promise<void> {
  await searchQuality(report);
  await searchSpeed(report);
}
