import { z } from '../base/schema.ts';

/** The nine limits. All are shares of equity but leverage, which is a multiple of it. */
export const riskLimits = {
  var95: 0.03,
  var99: 0.05,
  drawdown: 0.1,
  leverage: 3,
  position: 0.25,
  class: 0.5,
  /** Annualised volatility expected of the book. */
  'risk-budget': 0.2,
  'strategy-daily-loss': 0.02,
  'class-daily-loss': 0.03,
} as const;

export type LimitId = keyof typeof riskLimits;
export const limitIds = Object.keys(riskLimits) as readonly LimitId[];

export const LimitUse = z
  .object({
    id: z.enum([...limitIds]),
    value: z.number().min(0),
    limit: z.number().positive(),
    /** value / limit. */
    used: z.number().min(0),
    breached: z.boolean(),
  })
  .readonly();
export type LimitUse = z.infer<typeof LimitUse>;

export const RiskLevel = z.enum(['LOW', 'MODERATE', 'HIGH', 'CRITICAL']);
export type RiskLevel = z.infer<typeof RiskLevel>;

/** A value at its limit, give or take rounding, does not breach it. */
const SLACK = 1e-9;
const WARNING_USE = 0.8;
const HIGH_DRAWDOWN = 0.02;
const MODERATE_DRAWDOWN = 0.01;

export function useLimits(values: Readonly<Record<LimitId, number>>): LimitUse[] {
  return limitIds.map((id) => {
    const [value, limit] = [values[id], riskLimits[id]];
    return { id, value, limit, used: value / limit, breached: value > limit + SLACK };
  });
}

/** Any breach is CRITICAL; more than 80 % of a limit, or a drawdown above 2 %, HIGH; above 1 % MODERATE. */
export function riskLevel(uses: readonly LimitUse[], drawdown: number): RiskLevel {
  if (uses.some(({ breached }) => breached)) return 'CRITICAL';
  if (uses.some(({ used }) => used > WARNING_USE) || drawdown > HIGH_DRAWDOWN) return 'HIGH';
  return drawdown > MODERATE_DRAWDOWN ? 'MODERATE' : 'LOW';
}

const show = (id: LimitId, value: number): string => {
  return id === 'leverage' ? `${value.toFixed(1)}x` : `${(100 * value).toFixed(1)}%`;
};

/** One line for each limit that is breached or nearly used up, breaches first. */
export function limitAlerts(uses: readonly LimitUse[]): string[] {
  const line = ({ id, value, limit, breached }: LimitUse): string => {
    return `${id} ${show(id, value)} ${breached ? 'breaches' : 'nears'} ${show(id, limit)}`;
  };
  const breaches = uses.filter(({ breached }) => breached);
  const near = uses.filter(({ breached, used }) => !breached && used > WARNING_USE);
  return [...breaches, ...near].map(line);
}
