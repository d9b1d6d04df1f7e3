import { describe, expect, it } from '@jest/globals';
import { dayOf } from '../base/calendar.ts';
import { allVisibleAt } from '../data/series-table.ts';
import {
  lastDay,
  REFERENCE_DATE,
  realTables,
  sampleTable,
  tablesOf,
} from '../testing-local/sample.ts';
import { countSignals, hasAnswered } from './agent-report.ts';
import { taylorRate } from './monetary.ts';
import { agentRoster, compositeOf, noAnswerReason, runAgent, runAgents } from './run-agents.ts';
import { confidenceOf, type Direction, type Signal, signOf, strengthOf } from './signal.ts';
import { readSignal, type SignalRule } from './signal-rule.ts';

const signal = (direction: Direction, confidence: number): Signal => ({
  ...{ id: 's', value: 1, unit: 'u', score: direction, direction, confidence },
  ...{ strength: strengthOf(confidence), observed: '2000-01-01' },
});

describe('a signal', () => {
  it('is strong from .75, moderate from .5, weak from .25, else none', () => {
    expect([1, 0.75, 0.749, 0.5, 0.499, 0.25, 0.249, 0].map(strengthOf)).toEqual([
      'strong',
      'strong',
      'moderate',
      'moderate',
      'weak',
      'weak',
      'none',
      'none',
    ]);
  });

  it('is as sure as |z| / (1 + |z|)', () => {
    expect([0, 1 / 3, 1, -1, 3].map(confidenceOf)).toEqual([0, 0.25, 0.5, 0.5, 0.75]);
    expect([2, -0.5, 0].map(signOf)).toEqual([1, -1, 0]);
  });

  const table = sampleTable('GS10', '2000-01-01', [4, 5, 6]);
  const rule = (score: number | undefined): SignalRule => ({
    ...{ id: 'slope', unit: 'percent', series: ['GS10'] },
    measure: () => ({ value: 6, score }),
  });
  const read = (score: number | undefined, ageDays: number) => {
    return readSignal(rule(score), tablesOf(table), lastDay(table) + ageDays);
  };

  it('carries value, score, direction, confidence, strength and the day observed', () => {
    expect(read(-1, 10)).toEqual({
      ...{ id: 'slope', value: 6, unit: 'percent', score: -1, direction: -1 },
      ...{ confidence: 0.5, strength: 'moderate', observed: '2000-01-03' },
    });
  });

  it('loses confidence with age and is neutral once its strength is none', () => {
    // Monthly: limit 50 days; at 75 days half of .5 remains, at 90 a fifth.
    expect(read(1, 75)).toMatchObject({ confidence: 0.25, strength: 'weak', direction: 1 });
    expect(read(1, 90)).toMatchObject({ strength: 'none', direction: 0 });
  });

  it('is silent when its input is too old or its history too short', () => {
    expect(read(1, 100)).toEqual({ id: 'slope', reason: 'GS10 is stale' });
    expect(read(undefined, 0)).toEqual({ id: 'slope', reason: 'the history of GS10 is too short' });
    expect(read(Number.NaN, 0)).toMatchObject({ reason: 'the history of GS10 is too short' });
  });
});

describe('a composite', () => {
  it('is the mean of direction x confidence over the signals that are not neutral', () => {
    // (.8 - .2 + .3) / 3 = .3; the neutral one does not count.
    const composite = compositeOf([
      signal(1, 0.8),
      signal(-1, 0.2),
      signal(1, 0.3),
      signal(0, 0.1),
    ]);
    expect(composite.confidence).toBeCloseTo(0.3, 12);
    expect(composite).toMatchObject({ direction: 1, strength: 'weak' });
  });

  it('is neutral below .1 and for signals that are all neutral', () => {
    expect(compositeOf([signal(1, 0.5), signal(-1, 0.35)]).direction).toBe(0);
    expect(compositeOf([signal(0, 0.2)])).toEqual({
      direction: 0,
      confidence: 0,
      strength: 'none',
    });
  });
});

describe('the agents', () => {
  const asOf = dayOf(REFERENCE_DATE);
  const tables = allVisibleAt(realTables(), asOf);

  it('are five in fixed order with 6, 5, 4, 5 and 3 signals', () => {
    const counts = agentRoster.map(({ id, rules }) => [id, rules.length]);
    expect(counts).toEqual([
      ['inflation', 6],
      ['monetary', 5],
      ['fiscal', 4],
      ['fx', 5],
      ['cross-asset', 3],
    ]);
    const ids = agentRoster.flatMap(({ id, rules }) => rules.map((r) => `${id}/${r.id}`));
    expect(new Set(ids).size).toBe(23);
  });

  it('all answer on the reference date, with 23 signals', () => {
    const reports = runAgents(tables, asOf);
    expect(reports.every(hasAnswered)).toBe(true);
    expect(countSignals(reports)).toBe(23);
  });

  it('read the spring of 2000 as history does', () => {
    const reports = runAgents(tables, asOf).filter(hasAnswered);
    const value = (id: string) => reports.flatMap((r) => r.signals).find((s) => s.id === id)?.value;
    // Consumer prices: 171.2 in March 2000 against 165.0 a year before.
    expect(value('headline')).toBeCloseTo(100 * (171.2 / 165 - 1), 10);
    // Federal funds 6.02 in April 2000 against 4.74 in April 1999.
    expect(value('policy-change')).toBeCloseTo(1.28, 10);
    expect(value('dollar-breadth')).toBe(1);
    expect(reports.map(({ agent, composite }) => [agent, composite.direction])).toEqual([
      ['inflation', 1],
      ['monetary', 1],
      ['fiscal', -1],
      ['fx', 1],
      ['cross-asset', -1],
    ]);
  });

  it('are isolated: one that breaks is recorded and the others answer', () => {
    const broken = {
      id: 'fiscal' as const,
      rules: [
        {
          ...{ id: 'x', unit: 'u', series: ['GDP'] },
          measure: () => {
            throw new TypeError('division by a budget');
          },
        },
      ],
    };
    const roster = agentRoster.map((agent) => (agent.id === 'fiscal' ? broken : agent));
    const reports = runAgents(tables, asOf, roster);
    expect(reports.map(({ status }) => status)).toEqual([
      'answered',
      'answered',
      'failed',
      'answered',
      'answered',
    ]);
    expect(reports[2]).toEqual({
      status: 'failed',
      agent: 'fiscal',
      reason: 'division by a budget',
    });
    expect(noAnswerReason(reports)).toBeUndefined();
  });

  it('are silent, with the reason, when their data ended long ago', () => {
    const late = dayOf('2026-11-20');
    const reports = runAgents(allVisibleAt(realTables(), late), late);
    expect(reports.map(({ status }) => status)).toEqual(Array(5).fill('silent'));
    expect(noAnswerReason(reports)).toContain(
      'no agent could answer: inflation: CPIAUCNS is stale',
    );
  });

  it('refuse a rule that reads a series outside of the catalogue', () => {
    const agent = {
      id: 'fx' as const,
      rules: [{ id: 'x', unit: 'u', series: ['BTC'], measure: () => ({ value: 1, score: 1 }) }],
    };
    expect(runAgent(agent, tables, asOf)).toMatchObject({ status: 'failed' });
  });
});

describe("Taylor's rule", () => {
  it('asks for 4 % at 2 % inflation and full employment', () => {
    expect(taylorRate(2, 0)).toBe(4);
    // 2 + 3 + .5 x 1 + .5 x 2 x 1 = 6.5.
    expect(taylorRate(3, 1)).toBe(6.5);
  });
});
