import type { Bars } from '@millrace/quant';
import { fromNewYork, newYorkTime } from '../calendar/new-york-time.ts';
import { SESSION_OPENS } from '../calendar/trading-calendar.ts';

const FIVE_MINUTES = 300_000;

/**
 * One-minute bars put together by fives, each under the time at which it ended. What ended at 09:30, the opening auction,
 * belongs to the first bar of the session. Minutes without a bar are left out.
 */
export function fiveMinuteBars(minutes: Bars): Bars {
  const rows: number[][] = [];
  let current: number[] | undefined;
  for (const [at, time] of minutes.time.entries()) {
    const [open = 0, high = 0, low = 0, close = 0, volume = 0] = [
      ...[
        minutes.open[at],
        minutes.high[at],
        minutes.low[at],
        minutes.close[at],
        minutes.volume[at],
      ],
    ];
    const end = endOf(time);
    if (current === undefined || current[0] !== end) {
      current = [end, open, high, low, close, volume];
      rows.push(current);
      continue;
    }
    current[2] = Math.max(current[2] ?? high, high);
    current[3] = Math.min(current[3] ?? low, low);
    current[4] = close;
    current[5] = (current[5] ?? 0) + volume;
  }
  const column = (place: number): Float64Array => Float64Array.from(rows, (row) => row[place] ?? 0);
  return {
    ...{ time: column(0), open: column(1), high: column(2) },
    ...{ low: column(3), close: column(4), volume: column(5) },
  };
}

function endOf(time: number): number {
  const end = Math.ceil(time / FIVE_MINUTES) * FIVE_MINUTES;
  const { day, minute } = newYorkTime(time);
  return minute === SESSION_OPENS ? fromNewYork(day, SESSION_OPENS) + FIVE_MINUTES : end;
}
