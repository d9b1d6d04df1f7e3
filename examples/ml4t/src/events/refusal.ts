import type { SignalEvent } from './signal-event.ts';
import { MIN_BARS } from './signal-event.ts';

export type RefusalReason =
  | 'not-a-signal'
  | 'no-instrument'
  | 'side-unknown'
  | 'too-few-bars'
  | 'columns-unequal'
  | 'bars-after-signal';

/** Why a signal is not answered with a confidence. */
export interface Refusal {
  readonly reason: RefusalReason;
  readonly message: string;
}

const NS_PER_MS = 1_000_000n;

/** What keeps an event from being enriched; undefined if nothing. Bars are looked at later, one by one. */
export function refusalOf({ instrumentId, signal, timestamp, bars }: SignalEvent) {
  const count = bars.time.length;
  if (instrumentId === '') return refuse('no-instrument', 'the instrument has no id');
  if (signal !== 1 && signal !== 0 && signal !== -1)
    return refuse('side-unknown', `the signal is ${String(signal)}; expected -1, 0 or 1`);
  if (count < MIN_BARS)
    return refuse('too-few-bars', `the signal has ${count} bars; expected at least ${MIN_BARS}`);
  for (const [name, column] of Object.entries(bars)) {
    if (column.length === count) continue;
    const expected = `expected ${count}, as of the times`;
    return refuse('columns-unequal', `column "${name}" has ${column.length} bars; ${expected}`);
  }
  // One bar of the future, wherever it stands, would make every later signal look old.
  const signalMs = Number(timestamp / NS_PER_MS);
  const ahead = bars.time.findIndex((time) => time > signalMs);
  if (ahead >= 0) {
    const times = `${bars.time[ahead]} ms, after the signal at ${timestamp} ns`;
    return refuse('bars-after-signal', `bar ${ahead} ends at ${times}; expected none that does`);
  }
  return undefined;
}

const refuse = (reason: RefusalReason, message: string): Refusal => ({ reason, message });
