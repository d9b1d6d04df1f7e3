import { z } from '../base/schema.ts';
import { newYorkTime } from '../calendar/new-york-time.ts';
import type { TradingCalendar } from '../calendar/trading-calendar.ts';

const clock = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be a time of the day such as "11:30"')
  .transform((text) => {
    const [hours = 0, minutes = 0] = text.split(':').map(Number);
    return hours * 60 + minutes;
  });

export const GateRules = z
  .strictObject({
    /** Closed within the session, in New York: over lunch little is traded. From is closed, to is open. */
    pause: z
      .strictObject({ from: clock.prefault('11:30'), to: clock.prefault('14:00') })
      .prefault({}),
    maxVix: z.number().default(30),
    /** From here on half the size. */
    halfVix: z.number().default(25),
    minVolume: z
      .strictObject({ SPY: z.number().default(500_000), QQQ: z.number().default(300_000) })
      .prefault({}),
    /** A day whose range is below so many average ranges of a bar goes nowhere. */
    chop: z
      .strictObject({ below: z.number().default(1.5), closes: z.boolean().default(false) })
      .prefault({}),
  })
  .readonly();
export type GateRules = z.infer<typeof GateRules>;

/** The market as the gate sees it; null where it is not known. */
export interface MarketState {
  readonly vix: number | null;
  /** Shares in the last minute. */
  readonly volume: Readonly<Record<'SPY' | 'QQQ', number | null>>;
  /** Range of the day over the ATR 14 of five-minute bars. */
  readonly rangeOverAtr: number | null;
}

export const GateDecision = z
  .object({
    open: z.boolean(),
    /** Share of the quantity that may be traded. */
    factor: z.number(),
    /** Everything that closes it. */
    reasons: z.array(z.string()).readonly(),
    warnings: z.array(z.string()).readonly(),
  })
  .readonly();
export type GateDecision = z.infer<typeof GateDecision>;

/** Open only where everything is known to be in order. */
export function checkGate(
  now: number,
  market: MarketState,
  rules: GateRules,
  calendar: TradingCalendar,
): GateDecision {
  const { vix, rangeOverAtr } = market;
  const reasons = [...hoursReasons(now, rules, calendar)];
  if (vix === null) reasons.push('VIX is not known');
  else if (vix > rules.maxVix) reasons.push(`VIX ${vix.toFixed(1)} is above ${rules.maxVix}`);
  for (const symbol of ['SPY', 'QQQ'] as const) {
    const volume = market.volume[symbol];
    if (volume === null) reasons.push(`the volume of ${symbol} is not known`);
    else if (volume < rules.minVolume[symbol])
      reasons.push(`${symbol} traded ${volume} in a minute, below ${rules.minVolume[symbol]}`);
  }
  const warnings: string[] = [];
  if (rangeOverAtr !== null && rangeOverAtr < rules.chop.below) {
    const chop = `the day has gone ${rangeOverAtr.toFixed(2)} average ranges, below ${rules.chop.below}`;
    (rules.chop.closes ? reasons : warnings).push(chop);
  }
  const isOpen = reasons.length === 0;
  const factor = isOpen && vix !== null ? (vix >= rules.halfVix ? 0.5 : 1) : 0;
  return { open: isOpen, factor, reasons, warnings };
}

function hoursReasons(now: number, { pause }: GateRules, calendar: TradingCalendar): string[] {
  const phase = calendar.phaseAt(now);
  if (phase !== 'session') return [`there is no session: ${phase}`];
  const { minute } = newYorkTime(now);
  const isPause = minute >= pause.from && minute < pause.to;
  return isPause ? ['closed over lunch'] : [];
}
