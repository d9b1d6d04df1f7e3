import { describe, expect, it } from '@jest/globals';
import { dayOf } from '../base/calendar.ts';
import { allVisibleAt, type Tables } from '../data/series-table.ts';
import { realTables } from '../testing-local/sample.ts';
import { readRegime, regimeLabel } from './regime.ts';

const regimeAt = (date: string, tables: Tables = realTables()) => {
  const day = dayOf(date);
  return readRegime(allVisibleAt(tables, day), day);
};

describe('the regime', () => {
  it('is risk-off above .3 and risk-on below -.3', () => {
    expect([0.31, 0.3, 0, -0.3, -0.31].map(regimeLabel)).toEqual([
      'risk-off',
      'neutral',
      'neutral',
      'neutral',
      'risk-on',
    ]);
  });

  it('was risk-off after the Russian default and risk-on in the calm of 1993', () => {
    expect(regimeAt('1998-09-15')).toMatchObject({ label: 'risk-off' });
    expect(regimeAt('1993-08-16')).toMatchObject({ label: 'risk-on' });
  });

  it('gives the last three weekdays, the last being the run date', () => {
    const { recent, score } = regimeAt('2000-05-15');
    expect(recent.map(({ date }) => date)).toEqual(['2000-05-11', '2000-05-12', '2000-05-15']);
    expect(recent.at(-1)?.score).toBe(score);
  });

  it('reads each of these days from what was public on it', () => {
    const sameDay = regimeAt('2000-05-11').score;
    expect(regimeAt('2000-05-15').recent[0]?.score).toBe(sameDay);
  });
});
