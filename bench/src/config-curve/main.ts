/**
 * Prints how long configs of growing size take to be parsed, validated and bound (`load`) and to be
 * planned, and how the time a stage grows. Each in its own process; sizes interleaved over the rounds.
 */
import { type ConfigRow, configLines, measureConfigRows } from './config-rows.ts';

const ROUNDS = 3;
const SIZES = [1_000, 10_000, 100_000];

const rows = SIZES.map((stages): ConfigRow => ({ stages, measured: [] }));
await measureConfigRows(rows, ROUNDS);
console.log(`config curve: ${ROUNDS} rounds; seconds, best and median`);
for (const text of configLines(rows)) console.log(text);
