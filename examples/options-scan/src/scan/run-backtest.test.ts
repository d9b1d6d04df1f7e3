import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { TemporaryHome } from '../testing-local/scan.ts';
import { runBacktest } from './run-backtest.ts';
import { readOptions } from './scan-options.ts';

let home: TemporaryHome;
beforeEach(() => {
  home = new TemporaryHome();
});
afterEach(() => {
  delete process.env.OPTIONS_SCAN_BREAK;
  home.remove();
});

async function backtest(...argv: readonly string[]) {
  const out: string[] = [];
  const options = readOptions([...argv, ...home.flag], 30);
  if (options.request.kind === 'help') throw new RangeError('no help is asked for');
  const io = { notice: () => {}, ticker: undefined, env: { ...process.env, INIT_CWD: '/' } };
  const exitCode = await runBacktest(
    { ...options, request: options.request },
    { ...io, out: (line) => out.push(line) },
  );
  return { exitCode, out };
}

describe('the backtest command', () => {
  it('walks through the past of a universe and gives the same figures again', async () => {
    const { exitCode, out } = await backtest('--json');
    expect(exitCode).toBe(0);
    const result = JSON.parse(out.join('\n'));
    // 500 days: from the 200th on every fifth one, of which the last has ten days behind it.
    expect(result.dates).toBe(59);
    expect(result.trades).toBeGreaterThan(300);
    expect(result.winRate).toBeGreaterThan(0);
    expect(result.maxDrawdown).toBeLessThan(1);
    expect((await backtest('--json')).out).toEqual(out);
    expect((await backtest()).out.join('\n')).toContain('nothing of a market');
  });

  it('goes on with a run that failed, and works out only what is missing', async () => {
    process.env.OPTIONS_SCAN_BREAK = 'history/GEN00003,backtest';
    expect((await backtest()).exitCode).toBe(1);
    delete process.env.OPTIONS_SCAN_BREAK;
    const { exitCode, out } = await backtest('--resume', 'latest');
    expect(exitCode).toBe(0);
    expect(out.join('\n')).toMatch(/✓ history: .*\[30 tickers, 29 kept\]/);
  });
});
