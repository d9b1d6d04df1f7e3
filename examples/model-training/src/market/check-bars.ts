import { type Bars, barFault, readBars } from '@millrace/quant';
import { count, counted } from '../base/figures.ts';
import { z } from '../base/schema.ts';
import { TrainingError } from '../base/training-error.ts';
import { BarFault, type BarFaultKind } from './bar-fault-kind.ts';
import { type BarPolicy, isAllowed } from './bar-policy.ts';
import { findRowFaults, findSeriesFaults } from './find-faults.ts';
import type { ParsedFile } from './parse-bar-file.ts';
import type { RawRow } from './raw-row.ts';

/** So many faults are named; all are counted. */
const NAMED = 20;
/** Fewer bars leave parts that say nothing. */
const FEWEST_BARS = 300;

/** What was found in the data, and what was done about it. */
export const Quality = z
  .object({
    read: z.int(),
    kept: z.int(),
    /** Rows by what is wrong with them; a row may have several faults. */
    counts: z.record(z.string(), z.int()).readonly(),
    /** The first of them. */
    faults: z.array(BarFault).readonly(),
  })
  .readonly();
export type Quality = z.infer<typeof Quality>;

/**
 * Checks rows and makes bars of them: all faults are found first, and if the policy does not allow one of them, all are
 * told at once.
 * @param name of the data, for messages
 * @throws TrainingError DATA_REFUSED with counts and rows, DATA_TOO_SHORT
 */
export function checkBars(
  { rows, faults: unreadable }: ParsedFile,
  policy: BarPolicy,
  name: string,
): { readonly bars: Bars; readonly quality: Quality } {
  const sound = rows.filter((row) => barFault(row) === undefined);
  const duplicate = policy.duplicate === 'refuse' ? 'keep-first' : policy.duplicate;
  const { bars } = readBars(columnsOf(sound), { duplicate, outOfOrder: 'sort' });
  const found = [...unreadable, ...findRowFaults(rows), ...findSeriesFaults(bars, sound, policy)];
  const faults = found.toSorted((a, b) => a.line - b.line);
  const refused = faults.filter(({ kind }) => !isAllowed(kind, policy));
  if (refused.length > 0) throw new TrainingError('DATA_REFUSED', refusal(refused, name));
  const kept = bars.time.length;
  if (kept < FEWEST_BARS) {
    const message = `${name} has ${counted(kept, 'bar')}, expected at least ${FEWEST_BARS}`;
    throw new TrainingError('DATA_TOO_SHORT', message);
  }
  const read = rows.length + unreadable.length;
  return {
    bars,
    quality: { read, kept, counts: countKinds(faults), faults: faults.slice(0, NAMED) },
  };
}

function columnsOf(rows: readonly RawRow[]) {
  return {
    time: rows.map(({ time }) => time),
    open: rows.map(({ open }) => open),
    high: rows.map(({ high }) => high),
    low: rows.map(({ low }) => low),
    close: rows.map(({ close }) => close),
    volume: rows.map(({ volume }) => volume),
  };
}

function countKinds(faults: readonly BarFault[]): Partial<Record<BarFaultKind, number>> {
  const counts: Partial<Record<BarFaultKind, number>> = {};
  for (const { kind } of faults) counts[kind] = (counts[kind] ?? 0) + 1;
  return counts;
}

function refusal(faults: readonly BarFault[], name: string): string {
  const counts = Object.entries(countKinds(faults)).map(([kind, times]) => `${times} ${kind}`);
  const rows = faults
    .slice(0, NAMED)
    .map(({ kind, line, text }) => `${name}:${line} ${kind}: ${text}`);
  const more = faults.length - rows.length;
  const rest = more > 0 ? [`and ${count(more)} more`] : [];
  const head = `${counted(faults.length, 'fault')} in ${name} (${counts.join(', ')})`;
  return [head, ...rows, ...rest].join('\n  ');
}
