import { describe, expect, it } from '@jest/globals';
import { VirtualClock } from '@millrace/core';
import { definePipeline, MemoryStore, PipelineExecutor, type RunHandle } from 'millrace';
import Debate from '../../stages/debate.ts';
import { type Behaviour, ChatServer } from '../testing-local/chat-server.ts';
import { sampleFinalist } from '../testing-local/finalist.ts';

const finalistsOf = (count: number) =>
  Array.from({ length: count }, (_, at) => sampleFinalist(`T${at}`));

/** The debate stage of pipeline.yaml over so many finalists, in virtual time. */
async function begin(server: ChatServer, count: number) {
  const clock = new VirtualClock();
  const pipeline = definePipeline({
    name: 'debate',
    context: { finalists: finalistsOf(count), health: { ready: true } },
    limits: { debate: { concurrency: 3 } },
    stages: {
      debate: {
        stage: Debate,
        // The pause after an error is of the machine's own clock.
        with: {
          model: { kind: 'openai', baseUrl: server.baseUrl, model: 'm', apiKey: 'sesame' },
          retryAfter: '1ms',
        },
        limits: ['debate'],
        map: { concurrency: 3, timeout: '60s', deadline: '600s' },
      },
    },
  });
  const run = await new PipelineExecutor({ store: new MemoryStore(), clock }).start(pipeline);
  return { clock, run };
}

async function ended(run: RunHandle) {
  const { status, context } = await run.result;
  return {
    status,
    debated: context.get('debated') as readonly { ticker: string }[],
    failures: context.get('debateFailures') as readonly { key: string; message: string }[],
  };
}

/** One finalist against a server that behaves so. */
async function debateOne(behave: (time: number, voice: string) => Behaviour) {
  await using server = await ChatServer.start(({ time, voice }) => behave(time, voice));
  const { run } = await begin(server, 1);
  return { ...(await ended(run)), asked: server.asked };
}

describe('a debate over HTTP', () => {
  it('asks each voice once, with its token and what the others said', async () => {
    const { asked, debated, status } = await debateOne(() => 'answers');
    expect(status).toBe('succeeded');
    expect(asked.map(({ voice }) => voice)).toEqual(['bull', 'bear', 'risk']);
    expect(asked.every(({ authorization }) => authorization === 'Bearer sesame')).toBe(true);
    expect(asked[2]?.messages.map(({ content }) => content)).toEqual([
      expect.stringContaining('You manage risk'),
      expect.stringContaining('Ticker T0, last close 126.32'),
      'The bull says: The bull speaks of T0.',
      'The bear says: The bear speaks of T0.',
    ]);
    expect(debated).toMatchObject([{ ticker: 'T0', model: 'm', thesis: { conviction: 8 } }]);
  });

  it('repeats a question with the error when the thesis is bad JSON', async () => {
    const { asked, status } = await debateOne((time) => (time === 1 ? 'bad thesis' : 'answers'));
    expect(status).toBe('succeeded');
    expect(asked.map(({ voice }) => voice)).toEqual(['bull', 'bear', 'risk', 'risk']);
    expect(asked[3]?.messages.slice(-2)).toEqual([
      { role: 'assistant', content: 'I would buy it.' },
      { role: 'user', content: expect.stringContaining('it is no JSON') },
    ]);
  });

  it.each<[Behaviour, RegExp]>([
    ['bad thesis', /the answer cannot be read: it is no JSON/],
    ['garbled', /answers what is no JSON/],
    ['busy', /answers 429 Too Many Requests/],
    ['broken', /answers 500 Internal Server Error/],
    ['cuts off', /cannot be reached/],
  ])('fails for the ticker when the server %s twice', async (behaviour, cause) => {
    const { asked, status, failures } = await debateOne(() => behaviour);
    expect(status).toBe('degraded');
    expect(failures).toEqual([
      { key: 'T0', reason: 'threw', message: expect.stringMatching(cause) },
    ]);
    const last = asked.at(-1)?.voice;
    expect(asked.filter(({ voice }) => voice === last)).toHaveLength(2);
  });

  it.each<Behaviour>(['garbled', 'busy', 'broken', 'cuts off'])(
    'goes on where the server %s once',
    async (behaviour) => {
      const { asked, status } = await debateOne((time, voice) =>
        voice === 'bear' && time === 1 ? behaviour : 'answers',
      );
      expect(status).toBe('succeeded');
      expect(asked.map(({ voice }) => voice)).toEqual(['bull', 'bear', 'bear', 'risk']);
    },
  );

  it('never asks about more than three tickers at a time', async () => {
    await using server = await ChatServer.start(() => 'hangs');
    const { run } = await begin(server, 9);
    await server.askedTimes(3);
    expect(server.asked.map(({ ticker }) => ticker)).toEqual(['T0', 'T1', 'T2']);
    run.cancel('kill');
    await run.result;
    expect(server.asked).toHaveLength(3);
  });
});

describe('a debate with a server that hangs, in virtual time', () => {
  it('gives each ticker 60 seconds, and debates the others', async () => {
    await using server = await ChatServer.start(({ ticker }) =>
      ticker === 'T1' ? 'hangs' : 'answers',
    );
    const { clock, run } = await begin(server, 4);
    // Three voices of three tickers, and the one question that hangs.
    await server.askedTimes(10);
    await clock.advance(59_999);
    expect(server.asked).toHaveLength(10);
    await clock.advance(1);
    const { status, debated, failures } = await ended(run);
    expect(status).toBe('degraded');
    expect(debated.map(({ ticker }) => ticker)).toEqual(['T0', 'T2', 'T3']);
    expect(failures).toMatchObject([{ key: 'T1', reason: 'timed-out' }]);
    expect(clock.monotonic()).toBe(60_000);
  });

  it('ends after 600 seconds and keeps what is done', async () => {
    await using server = await ChatServer.start(({ ticker }) =>
      ticker === 'T0' ? 'answers' : 'hangs',
    );
    const { clock, run } = await begin(server, 40);
    // Bull, bear and risk of T0, and three that hang at once, ten times.
    for (let minute = 0; minute < 10; minute += 1) {
      await server.askedTimes(3 + 3 * (minute + 1));
      await clock.advance(60_000);
    }
    const { status, debated, failures } = await ended(run);
    expect(status).toBe('degraded');
    expect(debated).toMatchObject([{ ticker: 'T0' }]);
    expect(failures).toHaveLength(39);
    expect(failures.at(-1)?.message).toContain('deadline of 10m');
    expect(clock.monotonic()).toBe(600_000);
  });
});
