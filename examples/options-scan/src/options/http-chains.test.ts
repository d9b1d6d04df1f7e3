import { describe, expect, it } from '@jest/globals';
import { definePipeline, MemoryStore, PipelineExecutor } from 'millrace';
import Options from '../../stages/options.ts';
import { dayOf } from '../base/calendar.ts';
import { answerJson, type Handler, LocalServer } from '../testing-local/local-server.ts';
import { ModelledChains } from './modelled-chains.ts';
import type { Recommendation } from './recommendation.ts';

const candidates = ['AAPL', 'GE'].map((ticker) => {
  return { ticker, direction: 'bullish', close: 100, volatility: 0.3 } as const;
});
const asOf = dayOf('2015-05-11');

/** The options stage with chains from a server. */
async function recommend(handler: Handler) {
  const asked: string[] = [];
  await using server = await LocalServer.start((request, response) => {
    asked.push(request.url ?? '');
    handler(request, response);
  });
  const pipeline = definePipeline({
    name: 'options',
    context: { candidates },
    stages: {
      options: {
        stage: Options,
        with: { date: '2015-05-11', chains: { kind: 'http', baseUrl: `${server.baseUrl}/v1/` } },
        map: { concurrency: 1, retry: { attempts: 3, delay: '1ms', on: ['CHAIN_UNAVAILABLE'] } },
      },
    },
  });
  const run = await new PipelineExecutor({ store: new MemoryStore() }).start(pipeline);
  const { context } = await run.result;
  return {
    asked,
    recommendations: context.get('recommendations') as readonly Recommendation[],
    failures: context.get('optionFailures') as readonly { key: string; message: string }[],
  };
}

const chainOf = async (at: number) => {
  const [candidate = candidates[0]] = [candidates[at]];
  if (candidate === undefined) return [];
  const { signal } = new AbortController();
  return new ModelledChains(0.05).chain({ candidate, asOf, signal });
};

describe('option chains from a server', () => {
  it('are asked for by ticker and date, and give the same contract as any other source', async () => {
    const quotes = await chainOf(0);
    const { asked, recommendations } = await recommend((_request, response) =>
      answerJson(response, { quotes }),
    );
    expect(asked).toEqual(['/v1/chains/AAPL?date=2015-05-11', '/v1/chains/GE?date=2015-05-11']);
    expect(recommendations[0]).toMatchObject({
      chain: expect.stringMatching(/^the server http/),
      reason: null,
      contract: { side: 'call', expiry: '2015-06-19' },
    });
  });

  it('are asked for again when there is no answer, and cost one ticker when there is none at all', async () => {
    const quotes = await chainOf(1);
    const { asked, recommendations, failures } = await recommend((request, response) => {
      if (request.url?.includes('AAPL')) answerJson(response, {}, 502);
      else answerJson(response, { quotes });
    });
    expect(asked.filter((url) => url.includes('AAPL'))).toHaveLength(3);
    expect(recommendations.map(({ ticker }) => ticker)).toEqual(['GE']);
    expect(failures).toMatchObject([
      { key: 'AAPL', message: expect.stringContaining('answers 502 Bad Gateway') },
    ]);
  });

  it('are refused once and for all when they are of another form', async () => {
    const { asked, failures } = await recommend((_request, response) =>
      answerJson(response, { quotes: [{ side: 'straddle' }] }),
    );
    expect(asked).toHaveLength(2);
    expect(failures[0]?.message).toMatch(/^the chain of AAPL from the server .*side/);
  });
});
