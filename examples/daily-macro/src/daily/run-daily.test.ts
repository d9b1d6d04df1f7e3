import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { daily, runIdIn, TemporaryHome, withoutTimes } from '../testing-local/daily.ts';

// Whole runs and real processes: seconds on a busy machine.

const RULE = '='.repeat(64);
const STAGES = [
  ...['ingest', 'quality', 'agents', 'aggregate', 'strategies', 'portfolio', 'risk', 'report'],
];
const done = (...stages: readonly string[]) => stages.map((stage) => `${stage} 1 succeeded`);

let home: TemporaryHome;
beforeEach(() => {
  home = new TemporaryHome();
});
afterEach(() => {
  delete process.env.DAILY_MACRO_BREAK;
  home.remove();
});

describe('a run on the reference date', () => {
  it('prints the lines of the specification, and says where it is kept', async () => {
    const { exitCode, out } = await daily('--date', '2000-05-15', ...home.flag);
    expect(exitCode).toBe(0);
    expect(withoutTimes(out)).toEqual([
      RULE,
      'DAILY MACRO PIPELINE -- 2000-05-15',
      RULE,
      '✓ ingest:       0.0s [34 series, 49,854 observations]',
      '✓ quality:      0.0s [score: 100, PASS]',
      '✓ agents:       0.0s [5 agents, 23 signals]',
      '✓ aggregate:    0.0s [rates neutral, fx short, equity short, commodity short]',
      '✓ strategies:   0.0s [8 strategies, 9 positions]',
      '✓ portfolio:    0.0s [leverage: 0.8x]',
      '✓ risk:         0.0s [VaR95: -0.4%]',
      '✓ report:       0.0s [risk: HIGH, 1 alert]',
      '-'.repeat(64),
      'Agents:         5 of 5',
      'Signals:        23',
      'Positions:      9',
      'Top positions:  GBP -12.1%, CAD -12.1%, UST10 -11.8%, JPY -9.8%, SPX -9.6%',
      'Leverage:       0.8x',
      'VaR (95 %):     -0.4% (one day, historical)',
      'Regime:         neutral (0.23)',
      'Risk alerts:    class 50.0% nears 50.0%',
      'Total:          0.0s SUCCESS',
      RULE,
      'Data:           shipped; 2000-05-15 is the newest date with every series',
      `Stored:         run ${runIdIn(out)} in sqlite:${join(home.folder, 'millrace.db')}`,
      `Row:            pipeline_runs in ${home.ledger}`,
    ]);
  });

  it('leaves one row with its figures and the timing of every stage, and a log', async () => {
    const { out } = await daily('--date', '2000-05-15', ...home.flag);
    const runId = runIdIn(out);
    const [row, ...others] = await home.rows();
    expect(others).toEqual([]);
    expect(row).toMatchObject({ id: runId, runDate: '2000-05-15', status: 'SUCCESS' });
    expect(row).toMatchObject({ signalCount: 23, positionCount: 9, regime: 'neutral' });
    expect(Object.keys(row?.stepTimings ?? {})).toEqual(STAGES);
    const spent = Object.values(row?.stepTimings ?? {}).reduce((sum, seconds) => sum + seconds, 0);
    expect(row?.durationSeconds).toBeGreaterThan(spent - 0.01);
    expect(JSON.parse(row?.summary ?? '')).toMatchObject({ date: '2000-05-15', signals: 23 });
    expect(readdirSync(join(home.folder, 'logs'))).toEqual([`${runId}.log`]);
  });

  it('gives identical values when it is run again, also after a later date', async () => {
    const first = await daily('--date', '2000-05-12', ...home.flag);
    await daily('--date', '2000-05-15', ...home.flag);
    const again = await daily('--date', '2000-05-12', ...home.flag);
    expect(withoutTimes(again.out.slice(0, 20))).toEqual(withoutTimes(first.out.slice(0, 20)));
    expect(await home.hashes(runIdIn(again.out))).toEqual(await home.hashes(runIdIn(first.out)));
  });
});

describe('a dry run', () => {
  it('prints the same figures and leaves no file', async () => {
    const wet = await daily('--date', '2000-05-15', ...home.flag);
    const dry = new TemporaryHome();
    try {
      const { exitCode, out } = await daily('--date', '2000-05-15', '--dry-run', ...dry.flag);
      expect(exitCode).toBe(0);
      expect(withoutTimes(out).slice(3, 22)).toEqual(withoutTimes(wet.out).slice(3, 22));
      expect(out.at(-1)).toBe('Stored:         nothing (dry run)');
      expect(readdirSync(dry.folder)).toEqual([]);
    } finally {
      dry.remove();
    }
  });

  it('makes not even the folder, and nothing beside the ledger that it reads its book from', async () => {
    const missing = join(home.folder, 'missing');
    await daily('--date', '2000-05-15', '--dry-run', '--home', missing);
    expect(existsSync(missing)).toBe(false);
    await daily('--date', '2000-05-12', ...home.flag);
    const before = readdirSync(home.folder).sort();
    const dry = await daily('--date', '2000-05-15', '--dry-run', ...home.flag);
    expect(readdirSync(home.folder).sort()).toEqual(before);
    expect(await home.rows()).toHaveLength(1);
    const wet = await daily('--date', '2000-05-15', ...home.flag);
    expect(withoutTimes(dry.out).slice(3, 22)).toEqual(withoutTimes(wet.out).slice(3, 22));
  });
});

describe('a run that falls short', () => {
  it('is DEGRADED with its row, and exits 3 only when that is asked for', async () => {
    const { exitCode, out } = await daily('--date', '2000-06-30', ...home.flag);
    expect(exitCode).toBe(0);
    expect(out).toContain('Degraded:       strategy duration: UST10 has no current price');
    expect(await home.rows()).toMatchObject([{ status: 'DEGRADED', signalCount: 23 }]);
    expect((await daily('--date', '2000-06-30', '--strict', ...home.flag)).exitCode).toBe(3);
  });

  it('goes on without an agent and a strategy that fail', async () => {
    process.env.DAILY_MACRO_BREAK = 'agents/fx,strategies/curve';
    const { exitCode, out } = await daily('--date', '2000-05-15', ...home.flag);
    expect(exitCode).toBe(0);
    expect(out.filter((line) => line.startsWith('✓'))).toHaveLength(8);
    expect(out.join('\n')).toContain('[5 agents, 18 signals, 1 without an answer]');
    expect(out.join('\n')).toContain('positions, 1 skipped]');
    expect(await home.rows()).toMatchObject([{ status: 'DEGRADED', signalCount: 18 }]);
  });

  it('is DEGRADED without its report, and a resume writes the report alone', async () => {
    process.env.DAILY_MACRO_BREAK = 'report';
    const broken = await daily('--date', '2000-05-15', ...home.flag);
    expect(broken.exitCode).toBe(0);
    expect(await home.rows()).toMatchObject([{ status: 'DEGRADED', positionCount: 9 }]);
    delete process.env.DAILY_MACRO_BREAK;
    const runId = runIdIn(broken.out);
    expect((await daily('--resume', runId, ...home.flag)).exitCode).toBe(0);
    expect((await home.attempts(runId)).slice(7)).toEqual([
      'report 1 failed',
      'report 2 succeeded',
    ]);
    expect(await home.rows()).toMatchObject([{ status: 'SUCCESS' }]);
  });
});

describe('a run that fails', () => {
  it('stops at data of grade FAIL, with the reason in its row', async () => {
    const { exitCode, out } = await daily('--date', '1860-01-01', ...home.flag);
    expect(exitCode).toBe(1);
    expect(withoutTimes(out)).toContain(
      '✗ quality:      0.0s FAILED -- data quality 0.0 is FAIL (34 of 34 series stale; first: 0 current tenors, 5 needed)',
    );
    const [row] = await home.rows();
    expect(row).toMatchObject({ status: 'FAILED', signalCount: 0, positionCount: 0, regime: null });
    expect(JSON.parse(row?.summary ?? '').error).toMatch(/^quality: data quality 0.0 is FAIL/);
    expect(Object.keys(row?.stepTimings ?? {})).toEqual(['ingest', 'quality']);
  });

  it('never reads SUCCESS on data that is too old', async () => {
    const { exitCode, out } = await daily('--date', '2026-11-20', ...home.flag);
    expect(exitCode).toBe(1);
    expect(out.join('\n')).toContain(
      'FAILED -- no agent could answer: inflation: CPIAUCNS is stale',
    );
  });

  it('tells stage, cause and command, and a resume runs only that stage and what follows', async () => {
    const whole = await daily('--date', '2000-05-15', ...home.flag);
    process.env.DAILY_MACRO_BREAK = 'strategies';
    const broken = await daily('--date', '2000-05-15', ...home.flag);
    const runId = runIdIn(broken.out);
    const reason = 'broken by hand with DAILY_MACRO_BREAK=strategies';
    expect(broken.exitCode).toBe(1);
    expect(withoutTimes(broken.out)).toContain(`✗ strategies:   0.0s FAILED -- ${reason}`);
    expect(broken.out).toContain(`Failed:         strategies, attempt 1: ${reason}`);
    expect(broken.out.join('\n')).toMatch(
      /^Cause: +MacroError BROKEN_BY_HAND at .*rehearse.ts:\d/m,
    );
    expect(broken.out.at(-1)).toMatch(
      new RegExp(
        `^Resume: +npm run daily --prefix \\S+ -- --resume ${runId} --home ${home.folder}$`,
      ),
    );
    expect((await home.rows())[0]).toMatchObject({ id: runId, status: 'FAILED', signalCount: 23 });

    delete process.env.DAILY_MACRO_BREAK;
    const resumed = await daily('--resume', 'latest', ...home.flag);
    expect(resumed.exitCode).toBe(0);
    expect(resumed.out.filter((line) => line.endsWith(', kept]'))).toHaveLength(4);
    expect(await home.attempts(runId)).toEqual([
      ...done(...STAGES.slice(0, 4)),
      'strategies 1 failed',
      'strategies 2 succeeded',
      ...done(...STAGES.slice(5)),
    ]);
    expect(await home.hashes(runId)).toEqual(await home.hashes(runIdIn(whole.out)));
    expect(await home.rows()).toMatchObject([{ id: runId, status: 'SUCCESS' }, {}]);
  });
});

describe('resuming', () => {
  it('a run that has succeeded runs nothing and brings its row up to date', async () => {
    const runId = runIdIn((await daily('--date', '2000-05-15', ...home.flag)).out);
    const before = await home.rows();
    const { exitCode, out } = await daily('--resume', runId, ...home.flag);
    expect(exitCode).toBe(0);
    expect(out.filter((line) => line.endsWith(', kept]'))).toHaveLength(8);
    expect(await home.rows()).toEqual(before);
    expect(await home.attempts(runId)).toEqual(done(...STAGES));
  });

  it('refuses what is not there without making a store', async () => {
    const none = daily('--resume', 'latest', ...home.flag);
    await expect(none).rejects.toMatchObject({ code: 'STORE_MISSING' });
    expect(readdirSync(home.folder)).toEqual([]);
    await daily('--date', '2000-05-15', ...home.flag);
    const unknown = daily('--resume', 'nope', ...home.flag);
    await expect(unknown).rejects.toMatchObject({ code: 'RUN_NOT_FOUND' });
    const finished = daily('--resume', 'latest', ...home.flag);
    await expect(finished).rejects.toThrow('has no unfinished run');
  });
});

describe('a switch that names nothing', () => {
  it('is refused before anything runs', async () => {
    process.env.DAILY_MACRO_BREAK = 'agents/fy';
    const run = daily('--date', '2000-05-15', ...home.flag);
    await expect(run).rejects.toMatchObject({ code: 'SWITCH_UNKNOWN' });
    expect(readdirSync(home.folder)).toEqual([]);
  });
});
