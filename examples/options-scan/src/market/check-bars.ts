import { type Day, isoOf } from '../base/calendar.ts';
import { ScanError } from '../base/scan-error.ts';
import type { Bars } from './bars.ts';

/** Fewer rows say nothing of a ticker. */
const FEWEST_ROWS = 5;

export interface BarRules {
  readonly asOf: Day;
  /** The newest bar may be so many calendar days older than `asOf`: a scan of yesteryear is no scan of today. */
  readonly maxAgeDays: number;
}

/**
 * Refuses bars that no market can have made, and too few or too old ones.
 * @throws ScanError BARS_INVALID, BARS_TOO_FEW, BARS_STALE with the ticker, the date, got and expected
 */
export function checkBars(ticker: string, bars: Bars, { asOf, maxAgeDays }: BarRules): void {
  for (let at = 0; at < bars.days.length; at += 1) {
    const fault = orderFault(bars, at) ?? valueFault(bars, at);
    if (fault !== undefined) {
      throw new ScanError('BARS_INVALID', `${ticker} on ${isoOf(bars.days[at] ?? 0)}: ${fault}`);
    }
  }
  const rows = bars.days.length;
  if (rows < FEWEST_ROWS) {
    const got = `${rows} ${rows === 1 ? 'row' : 'rows'}`;
    throw new ScanError(
      'BARS_TOO_FEW',
      `${ticker} has ${got}, expected at least ${FEWEST_ROWS} up to ${isoOf(asOf)}`,
    );
  }
  const newest = bars.days[rows - 1] ?? 0;
  if (asOf - newest <= maxAgeDays) return;
  const old = `${asOf - newest} days before ${isoOf(asOf)}`;
  throw new ScanError(
    'BARS_STALE',
    `${ticker} ends on ${isoOf(newest)}, ${old}, expected at most ${maxAgeDays}`,
  );
}

function orderFault({ days }: Bars, at: number): string | undefined {
  const [before, day] = [days[at - 1], days[at] ?? 0];
  if (before === undefined || before < day) return undefined;
  if (before === day) return 'the date is there twice';
  return `the date comes after ${isoOf(before)}, expected ascending dates`;
}

function valueFault(bars: Bars, at: number): string | undefined {
  const [open = 0, high = 0, low = 0] = [bars.open[at], bars.high[at], bars.low[at]];
  const [close = 0, volume = 0] = [bars.close[at], bars.volume[at]];
  // NaN fails every comparison, so each asks for what must hold.
  if (!(high >= low)) return `high ${high} is below low ${low}`;
  if (!(low > 0)) return `low is ${low}, expected a price above 0`;
  if (!(open >= low && open <= high))
    return `open ${open} is outside of low ${low} to high ${high}`;
  if (!(close >= low && close <= high)) {
    return `close ${close} is outside of low ${low} to high ${high}`;
  }
  return volume > 0 ? undefined : `volume is ${volume}, expected some trade on every day`;
}
