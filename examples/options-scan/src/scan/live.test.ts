import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { dayOf, isoOf } from '../base/calendar.ts';
import { ModelledChains } from '../options/modelled-chains.ts';
import { ChatServer } from '../testing-local/chat-server.ts';
import { answerJson, LocalServer } from '../testing-local/local-server.ts';
import { realBars } from '../testing-local/sample-bars.ts';
import { TemporaryHome } from '../testing-local/scan.ts';

const KEY = 'sesame-4711';

let home: TemporaryHome;
beforeEach(() => {
  home = new TemporaryHome();
});
afterEach(() => home.remove());

/** Bars of the shipped tickers, and chains around the price that is asked about, as a vendor might serve them. */
function startVendor(): Promise<LocalServer> {
  return LocalServer.start((request, response) => {
    const url = new URL(request.url ?? '', 'http://vendor');
    const tickers = url.searchParams.get('tickers')?.split(',') ?? [];
    if (url.pathname === '/bars') {
      return answerJson(response, Object.fromEntries(tickers.map((one) => [one, rowsOf(one)])));
    }
    const ticker = url.pathname.split('/').at(-1) ?? '';
    const close = realBars(ticker).close.at(-1) ?? 1;
    const candidate = { ticker, direction: 'bullish', close, volatility: 0.25 } as const;
    const asked = { candidate, asOf: dayOf('2015-05-11'), signal: new AbortController().signal };
    new ModelledChains(0.05).chain(asked).then((quotes) => answerJson(response, { quotes }));
  });
}

function rowsOf(ticker: string): readonly unknown[] {
  const { days, open, high, low, close, volume } = realBars(ticker);
  const columns = [open, high, low, close, volume];
  return Array.from(days, (day, at) => [isoOf(day), ...columns.map((column) => column[at])]);
}

/** Every byte of every file below a folder. */
function everything(folder: string): string {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile())
    .map((path) => readFileSync(path, 'latin1'))
    .join('\n');
}

describe('a scan with real sources', () => {
  it('takes bars, chains, earnings and theses from where the environment says, and keeps the key to itself', async () => {
    await using vendor = await startVendor();
    await using chat = await ChatServer.start();
    const earnings = join(home.folder, 'earnings.json');
    writeFileSync(earnings, '{"AAPL": ["2015-05-14"]}');
    writeFileSync(
      join(home.folder, 'universe.csv'),
      'ticker,kind,origin\nAAPL,stock,real\nMSFT,stock,real\nGE,stock,real\n',
    );
    const env = {
      ...{ MILLRACE_ENV: 'live', BARS_URL: vendor.baseUrl, CHAINS_URL: vendor.baseUrl },
      ...{ MODEL_URL: chat.baseUrl, MODEL_NAME: 'local-model', MODEL_KEY: KEY },
      EARNINGS_FILE: earnings,
    };
    const { out, exitCode } = await home.scanIn(env, '--json', '--universe', home.folder);
    expect(exitCode).toBe(0);
    const result = JSON.parse(out.join('\n'));
    expect(result).toMatchObject({
      ...{ status: 'COMPLETED', tickers: { real: 3, generated: 0 }, itemErrors: [] },
      sources: { chains: [`the server ${vendor.baseUrl}`], earnings, models: ['local-model'] },
    });
    expect(result.scores.find((one: { ticker: string }) => one.ticker === 'AAPL')).toMatchObject({
      earnings: { date: '2015-05-14', days: 3 },
    });
    expect(result.theses.length).toBeGreaterThan(0);
    expect(chat.asked[0]?.authorization).toBe(`Bearer ${KEY}`);
    expect(everything(home.folder)).not.toContain(KEY);
    const { MILLRACE_ENV: _, ...elsewhere } = env;
    const again = await home.scanIn(elsewhere, '--json', '--resume', result.runId);
    expect(JSON.parse(again.out.join('\n')).sources).toEqual(result.sources);
    // Without what it was started with it is refused, and does not go on with other sources.
    await expect(home.scan('--resume', result.runId)).rejects.toThrow('BARS_URL');
  });
});
