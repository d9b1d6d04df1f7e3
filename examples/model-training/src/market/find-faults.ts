import { type Bars, barFault } from '@millrace/quant';
import { DAY_MS, dayOf } from '../base/day.ts';
import { decimal } from '../base/figures.ts';
import type { BarFault } from './bar-fault-kind.ts';
import type { BarPolicy } from './bar-policy.ts';
import type { RawRow } from './raw-row.ts';

/** Faults of rows by themselves, and of their order. */
export function findRowFaults(rows: readonly RawRow[]): readonly BarFault[] {
  const faults: BarFault[] = [];
  const lineOf = new Map<number, number>();
  let newest = Number.NEGATIVE_INFINITY;
  for (const row of rows) {
    const { line, time } = row;
    const kind = barFault(row);
    if (kind !== undefined) {
      faults.push({ kind, line, text: textOf(row) });
      continue;
    }
    const first = lineOf.get(time);
    if (first !== undefined) {
      faults.push({ kind: 'duplicate', line, text: `${dayOf(time)} is in line ${first}, too` });
    } else if (time < newest) {
      const text = `${dayOf(time)} comes after ${dayOf(newest)}`;
      faults.push({ kind: 'out-of-order', line, text });
    }
    lineOf.set(time, first ?? line);
    newest = Math.max(newest, time);
  }
  return faults;
}

/** Faults of bars beside each other, once they are in order. */
export function findSeriesFaults(
  bars: Bars,
  rows: readonly RawRow[],
  { maxGapDays, maxMove }: BarPolicy,
): readonly BarFault[] {
  const lineOf = new Map(rows.map(({ time, line }) => [time, line]));
  const faults: BarFault[] = [];
  for (const [at, time] of bars.time.entries()) {
    const line = lineOf.get(time) ?? at + 1;
    const add = (kind: BarFault['kind'], text: string) => faults.push({ kind, line, text });
    const day = dayOf(time);
    if (bars.volume[at] === 0) add('no-volume', `${day} has a volume of 0`);
    const [before, close = 0, closeBefore = close] = [
      bars.time[at - 1] ?? time,
      bars.close[at],
      bars.close[at - 1],
    ];
    const days = Math.round((time - before) / DAY_MS);
    if (days > maxGapDays) {
      add('gap', `${days} days from ${dayOf(before)} to ${day}, expected at most ${maxGapDays}`);
    }
    const move = close / closeBefore - 1;
    if (Math.abs(move) > maxMove) {
      const got = `${day} closes at ${close} after ${closeBefore}: ${decimal(100 * move, 1)} %`;
      add('move', `${got}, expected at most ${decimal(100 * maxMove, 1)} %`);
    }
  }
  return faults;
}

function textOf({ time, open, high, low, close, volume }: RawRow): string {
  const day = Number.isFinite(time) ? dayOf(time) : 'no day';
  return `${day} open ${open} high ${high} low ${low} close ${close} volume ${volume}`;
}
