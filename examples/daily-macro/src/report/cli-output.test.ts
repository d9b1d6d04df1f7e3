import { describe, expect, it } from '@jest/globals';
import { answered, sampleTable, tablesOf, viewsOf } from '../testing-local/sample.ts';
import { headerLines, stageLine, summaryLines } from './cli-output.ts';
import { exitCodeOf, statusOf } from './run-status.ts';
import type { RunSummary } from './run-summary.ts';
import * as detail from './stage-detail.ts';

const summary: RunSummary = {
  ...{ date: '2000-05-15', quality: { score: 100, grade: 'PASS' } },
  ...{ agentsAnswered: 5, agentsTotal: 5, signals: 23, positions: 12, leverage: 1.84 },
  topPositions: [
    { instrument: 'SPX', weight: -0.125 },
    { instrument: 'GOLD', weight: 0.1 },
  ],
  ...{ var95: -0.0213, varMethod: 'historical', regime: 'risk-off', regimeScore: 0.412 },
  ...{ riskLevel: 'HIGH', alerts: ['one', 'two'], equityDollars: 1e6, shortfalls: [] },
};

describe('the printed run', () => {
  it('opens with the date between rules', () => {
    const [rule, title, end] = headerLines('2000-05-15');
    expect(rule).toBe('='.repeat(64));
    expect(title).toBe('DAILY MACRO PIPELINE -- 2000-05-15');
    expect(end).toBe(rule);
    expect(headerLines('2000-05-15', true)[1]).toContain('(dry run)');
  });

  it('shows a finished stage with a tick, padded name, seconds and detail', () => {
    const line = stageLine({
      status: 'done',
      stage: 'agents',
      ms: 234,
      detail: '5 agents, 23 signals',
    });
    expect(line).toBe('✓ agents:       0.2s [5 agents, 23 signals]');
    expect(stageLine({ status: 'done', stage: 'portfolio', ms: 12_340 })).toBe(
      '✓ portfolio:   12.3s',
    );
  });

  it('shows a failed stage with a cross and the reason', () => {
    const line = stageLine({ status: 'failed', stage: 'risk', ms: 1000, reason: 'no covariance' });
    expect(line).toBe('✗ risk:         1.0s FAILED -- no covariance');
  });

  it('closes with the figures, the alerts joined, the seconds and the status', () => {
    expect(summaryLines(summary, 2345, 'SUCCESS')).toEqual([
      '-'.repeat(64),
      'Agents:         5 of 5',
      'Signals:        23',
      'Positions:      12',
      'Top positions:  SPX -12.5%, GOLD +10.0%',
      'Leverage:       1.8x',
      'VaR (95 %):     -2.1% (one day, historical)',
      'Regime:         risk-off (0.41)',
      'Risk alerts:    one; two',
      'Total:          2.3s SUCCESS',
      '='.repeat(64),
    ]);
  });

  it('says None where there is nothing to list', () => {
    const lines = summaryLines(
      { ...summary, alerts: [], topPositions: [], positions: 0 },
      0,
      'SUCCESS',
    );
    expect(lines).toContain('Risk alerts:    None');
    expect(lines).toContain('Top positions:  None');
  });

  it('lists what fell short, the first three by name', () => {
    const lines = summaryLines(
      { ...summary, shortfalls: ['a', 'b', 'c', 'd', 'e'] },
      0,
      'DEGRADED',
    );
    expect(lines.filter((line) => line.startsWith('Degraded:'))).toEqual([
      'Degraded:       a',
      'Degraded:       b',
      'Degraded:       c',
      'Degraded:       and 2 more',
    ]);
  });

  it('has only the total when a run failed before it had figures', () => {
    expect(summaryLines(undefined, 900, 'FAILED')).toHaveLength(3);
  });
});

describe('the details in brackets', () => {
  it('count series, observations, agents and signals', () => {
    const tables = tablesOf(sampleTable('X', '2000-01-01', Array(1234).fill(1)));
    expect(detail.ingestDetail(tables)).toBe('1 series, 1,234 observations');
    expect(detail.agentsDetail([answered('fx', 1, 1)])).toBe('1 agent, 0 signals');
    const failed = { status: 'failed', agent: 'fx', reason: 'x' } as const;
    expect(detail.agentsDetail([failed])).toBe('1 agent, 0 signals, 1 without an answer');
  });

  it('give score, stances, positions, leverage and VaR', () => {
    const quality = { score: 85.4, grade: 'PASS', staleCount: 3, seriesCount: 34 } as const;
    const deductions = { staleness: 0, range: 0, curve: 0, pointInTime: 0 };
    expect(detail.qualityDetail({ ...quality, deductions, faults: [] })).toBe(
      'score: 85, PASS, 3 of 34 series stale',
    );
    expect(detail.aggregateDetail(viewsOf({ rates: -0.2 }))).toBe(
      'rates short, fx neutral, equity neutral, commodity neutral',
    );
    const skipped = { status: 'skipped', strategy: 's', reason: 'x' } as const;
    expect(detail.strategiesDetail({ reports: [skipped], grossProposed: 0, scale: 1 })).toBe(
      '1 strategy, 0 positions, 1 skipped',
    );
    expect(detail.portfolioDetail({ leverage: 1.8 })).toBe('leverage: 1.8x');
    const tail = {
      method: 'historical',
      cvar95: 0,
      var99: 0,
      cvar99: 0,
      observations: 504,
    } as const;
    expect(detail.riskDetail({ historical: { ...tail, var95: -0.021 } })).toBe('VaR95: -2.1%');
  });

  it('never print a negative zero', () => {
    expect(detail.percent(-0.0001)).toBe('0.0%');
    expect(detail.percent(-0.021)).toBe('-2.1%');
  });
});

describe('the status of a run', () => {
  const verdict = { finished: true, signals: 23, shortfalls: [] };

  it('is SUCCESS, DEGRADED with a shortfall, FAILED when a stage did not finish', () => {
    expect(statusOf(verdict)).toBe('SUCCESS');
    expect(statusOf({ ...verdict, shortfalls: ['agent fx failed'] })).toBe('DEGRADED');
    expect(statusOf({ ...verdict, finished: false })).toBe('FAILED');
  });

  it('is never SUCCESS without a single signal', () => {
    expect(statusOf({ ...verdict, signals: 0 })).toBe('FAILED');
  });

  it('exits 0, 1 after a failure, 3 for a degraded run if asked for', () => {
    expect(exitCodeOf('SUCCESS', true)).toBe(0);
    expect(exitCodeOf('FAILED', false)).toBe(1);
    expect(exitCodeOf('DEGRADED', false)).toBe(0);
    expect(exitCodeOf('DEGRADED', true)).toBe(3);
  });
});
