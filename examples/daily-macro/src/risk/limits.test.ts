import { describe, expect, it } from '@jest/globals';
import { type LimitId, limitAlerts, limitIds, riskLevel, riskLimits, useLimits } from './limits.ts';

const calm = Object.fromEntries(limitIds.map((id) => [id, 0])) as Record<LimitId, number>;
const level = (values: Partial<Record<LimitId, number>>) => {
  const all = { ...calm, ...values };
  return riskLevel(useLimits(all), all.drawdown);
};

describe('the limits', () => {
  it('are nine', () => {
    expect(Object.entries(riskLimits)).toEqual([
      ['var95', 0.03],
      ['var99', 0.05],
      ['drawdown', 0.1],
      ['leverage', 3],
      ['position', 0.25],
      ['class', 0.5],
      ['risk-budget', 0.2],
      ['strategy-daily-loss', 0.02],
      ['class-daily-loss', 0.03],
    ]);
  });

  it.each(limitIds)(
    'make the level CRITICAL when %s is breached, not when it is just reached',
    (id) => {
      expect(level({ [id]: riskLimits[id] * 1.001 })).toBe('CRITICAL');
      expect(level({ [id]: riskLimits[id] })).toBe('HIGH');
    },
  );

  it('make it HIGH above 80 % of a limit or 2 % drawdown, MODERATE above 1 %, else LOW', () => {
    expect(level({ leverage: 2.41 })).toBe('HIGH');
    expect(level({ leverage: 2.4 })).toBe('LOW');
    expect(level({ drawdown: 0.021 })).toBe('HIGH');
    expect(level({ drawdown: 0.02 })).toBe('MODERATE');
    expect(level({ drawdown: 0.011 })).toBe('MODERATE');
    expect(level({ drawdown: 0.01 })).toBe('LOW');
  });

  it('are written out as alerts, breaches first', () => {
    const uses = useLimits({ ...calm, leverage: 2.7, position: 0.26, var95: 0.01 });
    expect(limitAlerts(uses)).toEqual([
      'position 26.0% breaches 25.0%',
      'leverage 2.7x nears 3.0x',
    ]);
  });
});
