import { describe, expect, it } from '@jest/globals';
import { ScanError } from '../base/scan-error.ts';
import { sampleFinalist } from '../testing-local/finalist.ts';
import type { DebateModel, Question } from './debate-model.ts';
import { readThesis } from './read-answer.ts';
import { RuleModel } from './rule-model.ts';
import { runDebate } from './run-debate.ts';

const thesis = {
  direction: 'bullish',
  conviction: 8,
  entryRationale: 'It rises.',
  riskFactors: [],
  action: 'Buy',
} as const;

/** A model that gives these answers in turn, and what it was asked and how long it was let alone. */
async function debate(...answers: readonly (string | Error)[]) {
  const asked: Question[] = [];
  const waits: number[] = [];
  const model: DebateModel = {
    name: 'scripted',
    check: async () => {},
    ask: async (question) => {
      asked.push(question);
      const answer = answers[asked.length - 1] ?? 'nothing more to say';
      if (typeof answer !== 'string') throw answer;
      return answer;
    },
  };
  const { signal } = new AbortController();
  const wait = async (ms: number) => void waits.push(ms);
  const patience = { retryAfterMs: 2000, wait, signal };
  const outcome = await runDebate(model, sampleFinalist(), patience).catch((error) => error);
  return { asked, waits, outcome };
}

const good = JSON.stringify(thesis);
const down = new ScanError('MODEL_UNAVAILABLE', 'down');

describe('a debate', () => {
  it('lets the bear hear the bull, and the risk hear both', async () => {
    const { asked, outcome } = await debate('it rises', 'it falls', good);
    expect(asked.map(({ voice, heard }) => [voice, heard.map(({ text }) => text)])).toEqual([
      ['bull', []],
      ['bear', ['it rises']],
      ['risk', ['it rises', 'it falls']],
    ]);
    expect(outcome).toEqual({
      ...{ ticker: 'AAPL', model: 'scripted', bull: 'it rises', bear: 'it falls', thesis },
    });
  });

  it('asks again at once, with the error, when an answer cannot be read', async () => {
    const { asked, waits, outcome } = await debate('up', 'down', 'I would buy.', good);
    expect(waits).toEqual([]);
    expect(asked).toHaveLength(4);
    expect(asked[3]).toMatchObject({
      voice: 'risk',
      correction: { answer: 'I would buy.', error: expect.stringContaining('it is no JSON') },
    });
    expect(outcome).toMatchObject({ thesis });
  });

  it('gives up after the second answer that cannot be read', async () => {
    const { asked, outcome } = await debate('up', 'down', '{}', '{"conviction": 11}');
    expect(asked).toHaveLength(4);
    expect(outcome).toMatchObject({ code: 'ANSWER_UNREADABLE' });
  });

  it('asks again after two seconds when there is no answer, and once only', async () => {
    const once = await debate(down, 'up', 'down', good);
    expect(once.waits).toEqual([2000]);
    expect(once.outcome).toMatchObject({ thesis });
    const twice = await debate(down, down);
    expect(twice.asked).toHaveLength(2);
    expect(twice.outcome).toBe(down);
  });

  it('waits as long as a server wants, where that is longer', async () => {
    const busy = new ScanError('MODEL_UNAVAILABLE', 'busy', { retryAfterMs: 7000 });
    expect((await debate(busy, 'up', 'down', good)).waits).toEqual([7000]);
  });

  it('does both: a pause for a server, then a correction for its answer', async () => {
    const { asked, waits, outcome } = await debate('up', 'down', down, 'no', good);
    expect([asked.length, waits.length]).toEqual([5, 1]);
    expect(outcome).toMatchObject({ thesis });
  });
});

describe('a thesis', () => {
  it('is read alone or in a fence', () => {
    expect(readThesis(good)).toEqual(thesis);
    expect(readThesis(`\`\`\`json\n${good}\n\`\`\``)).toEqual(thesis);
  });

  it.each([
    '',
    '[]',
    'null',
    good.slice(0, -5),
    JSON.stringify({ ...thesis, conviction: 0 }),
    JSON.stringify({ ...thesis, conviction: 7.5 }),
    JSON.stringify({ ...thesis, direction: 'up' }),
    JSON.stringify({ ...thesis, riskFactors: 'none' }),
    JSON.stringify({ ...thesis, action: ' ' }),
  ])('is refused as %j', (answer) => {
    expect(() => readThesis(answer)).toThrow('the answer cannot be read');
  });
});

describe('the rule-based model', () => {
  const patience = {
    ...{ retryAfterMs: 0, wait: async () => {}, signal: new AbortController().signal },
  };

  it('says the same of the same finalist', async () => {
    const first = await runDebate(new RuleModel(), sampleFinalist(), patience);
    expect(await runDebate(new RuleModel(), sampleFinalist(), patience)).toEqual(first);
    expect(first.thesis.direction).toBe('bullish');
  });

  it('is more convinced of a higher score, and less before a report', async () => {
    const of = async (changes: Parameters<typeof sampleFinalist>[1]) => {
      const { thesis: said } = await runDebate(
        new RuleModel(),
        sampleFinalist('AAPL', changes),
        patience,
      );
      return said;
    };
    const earnings = { date: '2015-05-14', days: 3 };
    const [high, low] = [await of({ score: 85 }), await of({ score: 30 })];
    const near = await of({ score: 85, ivCrush: true, earnings });
    expect(high.conviction).toBeGreaterThan(low.conviction);
    expect(near.conviction).toBeLessThan(high.conviction);
    expect(high.action).toContain('Buy the call 130 of 2015-06-19');
    expect(low.action).toBe('No trade');
    expect(near.riskFactors.join()).toContain('earnings in 3 days');
  });
});
