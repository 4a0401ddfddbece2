import { openDatabase } from '@/lib/db/client';
import { search } from '@/lib/search/search';
import { SHAPES } from './search-shapes';
const db = openDatabase({ url: process.env.DB! });
const N = Number(process.argv[2] ?? 5);
for (const { name, queries } of SHAPES) {
  for (const { ours } of queries) {
    const t: number[] = [];
    for (let i = 0; i < N + 2; i++) { const s = performance.now(); await search(db, ours, { limit: 30 }).page(); if (i >= 2) t.push(performance.now() - s); }
    t.sort((a, b) => a - b);
    console.log(name.padEnd(24), ours.slice(0, 50).padEnd(52), 'min', t[0]!.toFixed(0), 'p50', t[N >> 1]!.toFixed(0), 'max', t.at(-1)!.toFixed(0));
  }
}
process.exit(0);
