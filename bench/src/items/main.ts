/**
 * Prints what an item of a mapped stage costs, in memory and durable, as the items grow in number; and what it
 * costs to keep it in a resume in which one item is new. Each in its own process; sizes interleaved over the rounds.
 */
import { type ItemRow, itemLines, measureItemRows } from './item-rows.ts';

const ROUNDS = 3;
const SIZES = [1_000, 10_000, 100_000];

const rows = (['memory', 'sqlite'] as const).flatMap((kind) =>
  SIZES.map((items): ItemRow => ({ items, kind, measured: [] })),
);
await measureItemRows(rows, ROUNDS);
console.log(`items of a mapped stage: ${ROUNDS} rounds; us an item, best and median`);
for (const text of itemLines(rows)) console.log(text);
