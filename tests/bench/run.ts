/**
 * `npm run bench [-- NAME …]`: prints one JSON object a line and figure. The exit code tells whether
 * the benchmarks could run, not whether a goal was reached.
 */
import { existsSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { generateClient } from '../../lib/db/generate.mjs';
import type { Report } from './figure';

const HERE = fileURLToPath(new URL('.', import.meta.url));
const ENDING = '.bench.ts';
const all = readdirSync(HERE)
  .filter((file) => file.endsWith(ENDING))
  .map((file) => file.slice(0, -ENDING.length));

const asked = process.argv.slice(2);
const unknown = asked.filter((name) => !all.includes(name));
if (unknown.length > 0) {
  console.error(`There is no benchmark ${unknown.join(', ')}. There are: ${all.join(', ')}.`);
  process.exit(2);
}
if (!existsSync(fileURLToPath(new URL('../../../shared/data', import.meta.url)))) {
  console.error('../shared/data is not here: benchmarks that need it say so and report nothing.');
}

generateClient();
let broken = 0;
for (const name of asked.length > 0 ? asked : all) {
  const report: Report = (figure) => console.log(JSON.stringify({ bench: name, ...figure }));
  try {
    const bench: { default: (report: Report) => Promise<void> } = await import(
      `./${name}${ENDING}`
    );
    await bench.default(report);
  } catch (error) {
    broken++;
    console.error(`Benchmark ${name} could not run:`, error);
  }
}
process.exit(broken === 0 ? 0 : 1);
