import type { ServerResponse } from 'node:http';
import { describe, expect, it } from '@jest/globals';
import { VirtualClock } from '@millrace/core';
import { definePipeline, MemoryStore, PipelineExecutor } from 'millrace';
import Data from '../../stages/data.ts';
import { isoOf } from '../base/calendar.ts';
import { answerJson, LocalServer } from '../testing-local/local-server.ts';
import { realBars } from '../testing-local/sample-bars.ts';
import { useTemporaryFolder } from '../testing-local/temporary-folder.ts';

const folder = useTemporaryFolder();
const bars = realBars('MSFT');
const rows = Array.from(bars.days, (day, at) => [
  isoOf(day),
  ...[bars.open[at], bars.high[at], bars.low[at], bars.close[at], bars.volume[at]],
]);

type Answer = (tickers: readonly string[], response: ServerResponse) => void;

/** Rows of MSFT for whatever is asked. */
const answersAll: Answer = (tickers, response) =>
  answerJson(response, Object.fromEntries(tickers.map((ticker) => [ticker, rows])));

/** The data stage over so many tickers of a server that answers each request by the next of these, then by the last. */
async function readFrom(answers: readonly Answer[], count: number) {
  const asked: string[][] = [];
  const server = await LocalServer.start((request, response) => {
    const tickers = new URL(request.url ?? '', 'http://x').searchParams.get('tickers')?.split(',');
    asked.push(tickers ?? []);
    answers[Math.min(asked.length, answers.length) - 1]?.(tickers ?? [], response);
  });
  const clock = new VirtualClock();
  const waits: number[] = [];
  const setTimer = clock.setTimer.bind(clock);
  // What a virtual clock would wait passes at once, and is noted.
  clock.setTimer = (delayMs, callback, options) => {
    if (delayMs >= 1000 && options?.isBackground !== true) waits.push(delayMs);
    return setTimer(delayMs, callback, options);
  };
  const universe = Array.from({ length: count }, (_, at) => {
    return { ticker: `T${at}`, kind: 'stock', origin: 'generated' };
  });
  const pipeline = definePipeline({
    name: 'read',
    context: { universe },
    stages: {
      data: {
        stage: Data,
        with: {
          date: '2015-05-11',
          source: { kind: 'http', at: server.baseUrl },
          cache: { folder: folder(), freshFor: '18h' },
        },
      },
    },
  });
  try {
    const run = await new PipelineExecutor({ store: new MemoryStore(), clock }).start(pipeline);
    const ended = run.result.then((result) => ({ done: true, result }) as const);
    for (;;) {
      const turn = new Promise<undefined>((resolve) => setImmediate(() => resolve(undefined)));
      const end = await Promise.race([ended, turn]);
      if (end !== undefined) return { result: end.result, asked, waits };
      await clock.advance(100);
    }
  } finally {
    await server.close();
  }
}

describe('bars from a server', () => {
  it('are asked for fifty tickers at a time', async () => {
    const { result, asked } = await readFrom([answersAll], 120);
    expect(result.status).toBe('succeeded');
    expect(asked[0]).toHaveLength(50);
    expect(asked.flat().sort()).toEqual(Array.from({ length: 120 }, (_, at) => `T${at}`).sort());
    expect(asked.length).toBeLessThanOrEqual(5);
  });

  it('are asked for again after 1, 2 and 4 seconds when there is no answer', async () => {
    const busy: Answer = (_tickers, response) => answerJson(response, {}, 503);
    const { result, asked, waits } = await readFrom([busy, busy, busy, answersAll], 1);
    expect(result.status).toBe('succeeded');
    expect(asked).toHaveLength(4);
    expect(waits).toEqual([1000, 2000, 4000]);
  });

  it('fail after the fourth attempt, with what the server said', async () => {
    const busy: Answer = (_tickers, response) => answerJson(response, {}, 503);
    const { result, asked } = await readFrom([busy], 2);
    for (const ticker of ['T0', 'T1']) {
      expect(asked.filter((tickers) => tickers.includes(ticker))).toHaveLength(4);
    }
    expect(result.status).toBe('degraded');
    expect(result.context.get('dataFailures')).toMatchObject([
      { key: 'T0', message: expect.stringContaining('/bars answers 503 Service Unavailable') },
      { key: 'T1' },
    ]);
  });

  it('fail for one ticker alone when its rows are wrong or missing', async () => {
    const mixed: Answer = (_tickers, response) =>
      answerJson(response, { T0: rows, T1: [['2015-05-11', 'much', 1, 1, 1, 1]], T3: 'nothing' });
    const { result, asked } = await readFrom([mixed], 4);
    expect(asked).toHaveLength(1);
    expect(result.context.get('series')).toMatchObject([{ ticker: 'T0' }]);
    const failed = result.context.get('dataFailures') as readonly { message: string }[];
    expect(failed.map(({ message }) => message)).toEqual([
      expect.stringContaining('T1 as the server gives it'),
      expect.stringMatching(/^the server http.* has nothing of T2$/),
      expect.stringContaining('T3 as the server gives it'),
    ]);
  });
});
