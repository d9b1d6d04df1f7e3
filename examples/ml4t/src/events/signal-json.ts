import type { Bars } from '@millrace/quant';
import { z } from '../base/schema.ts';
import type { RefusedSignal } from './inference-result.ts';
import type { SignalEvent } from './signal-event.ts';

/** JSON knows no NaN: a bar without a price has null, and is counted as faulty. */
const Column = z
  .array(z.number().nullable())
  .transform((values) => Float64Array.from(values, (value) => value ?? Number.NaN));

const MAX_NS = 2n ** 63n - 1n;

/** A signal event as it comes over a bus: the time as a decimal string, since JSON numbers end at 2^53. */
const SignalJson = z.object({
  instrumentId: z.string().min(1).max(200),
  signal: z.union([z.literal(-1), z.literal(0), z.literal(1)]),
  timestamp: z
    .string()
    .regex(/^\d{1,19}$/, 'must be nanoseconds as a decimal string')
    .transform(BigInt)
    .refine((value) => value <= MAX_NS, 'must be below 2^63'),
  bars: z.object({
    time: Column,
    open: Column,
    high: Column,
    low: Column,
    close: Column,
    volume: Column,
  }),
});

export type SignalText = z.input<typeof SignalJson>;

export type DecodedSignal =
  | { readonly kind: 'signal'; readonly event: SignalEvent }
  | RefusedSignal;

/** What came over a bus as an event, or why it is none. Trusts nothing. */
export function decodeSignal(value: unknown): DecodedSignal {
  const parsed = SignalJson.safeParse(value);
  if (parsed.success) return { kind: 'signal', event: parsed.data };
  const [issue] = parsed.error.issues;
  const place =
    issue === undefined ? '' : `${issue.path.join('.') || 'the message'}: ${issue.message}`;
  const id = z.object({ instrumentId: z.string() }).safeParse(value).data?.instrumentId ?? '';
  const message = `the message is no signal event: ${place}`;
  return { kind: 'refused', reason: 'not-a-signal', message, instrumentId: id };
}

/** The event as plain JSON. */
export function encodeSignal({ instrumentId, signal, timestamp, bars }: SignalEvent): SignalText {
  return { instrumentId, signal, timestamp: String(timestamp), bars: encodeBars(bars) };
}

function encodeBars({ time, open, high, low, close, volume }: Bars): SignalText['bars'] {
  const plain = (column: Float64Array) =>
    Array.from(column, (value) => (Number.isFinite(value) ? value : null));
  return {
    time: plain(time),
    open: plain(open),
    high: plain(high),
    low: plain(low),
    close: plain(close),
    volume: plain(volume),
  };
}
