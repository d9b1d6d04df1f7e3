import { beforeAll, describe, expect, it, jest } from '@jest/globals';
import { type EditResult, runChain } from './testing-local/check/edit-chain.ts';
import { tallyOf, tallyTable } from './testing-local/check/tally.ts';
import { DAILY_EDITS } from './testing-local/daily/daily-edits.ts';
import { DailyMacro } from './testing-local/daily/daily-macro.ts';
import { MARKET_EDITS } from './testing-local/edits/market-edits.ts';
import { nextBeat } from './testing-local/edits/param-edits.ts';
import { Market } from './testing-local/market/market.ts';

// Each edit loads a project, runs what it has to, and mostly runs all of it once more to compare.
jest.setTimeout(600_000);

const DAILY_ROUNDS = 3;
const MARKET_SEEDS = [1, 2, 3, 4, 5];

type Chain = () => Promise<readonly EditResult[]>;

const daily: Chain = () =>
  runChain({
    name: 'daily-macro',
    seed: 1,
    open: () => new DailyMacro(),
    kinds: DAILY_EDITS,
    rounds: DAILY_ROUNDS,
    compareEvery: 3,
  });

const market =
  (seed: number): Chain =>
  () =>
    runChain({
      name: 'market',
      seed,
      open: () => new Market(),
      kinds: MARKET_EDITS,
      rounds: 1,
      compareEvery: 1,
      companion: nextBeat,
    });

/** Two at a time, each in a thread of its own. */
async function inTwoLanes(chains: readonly Chain[]): Promise<readonly EditResult[]> {
  const waiting = chains.values();
  const results: EditResult[] = [];
  const lane = async (): Promise<void> => {
    for (const chain of waiting) results.push(...(await chain()));
  };
  await Promise.all([lane(), lane()]);
  return results;
}

function print(results: readonly EditResult[]): void {
  const { edits, held, stages, verdicts, settledRuns, settledSkips } = tallyOf(results);
  const lines = [
    tallyTable(results),
    `plan honesty: ${edits} edits, ${held} of ${stages} verdicts held, ` +
      `${verdicts.undecided} undecided of which ${settledRuns} ran and ${settledSkips} were skipped`,
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
}

describe('what a plan says after an edit of a project', () => {
  let results: readonly EditResult[] = [];

  beforeAll(async () => {
    results = await inTwoLanes([daily, ...MARKET_SEEDS.map(market)]);
    print(results);
  });

  it('is what then happens to every stage, for the reason that it gives', () => {
    const { edits, held, stages } = tallyOf(results);
    expect(results.flatMap(({ problems }) => problems)).toEqual([]);
    expect(held).toBe(stages);
    expect(edits).toBeGreaterThanOrEqual(300);
  });

  it('is that nothing runs again for comments, formatting, settings and what is never read', () => {
    const idle = results.filter(({ foreseen }) => foreseen.runs === undefined);
    const { edits, verdicts } = tallyOf(idle);
    expect(verdicts).toMatchObject({ run: 0, undecided: 0 });
    expect(edits).toBeGreaterThanOrEqual(50);
  });

  it('leads to the context that a run of the edited project from its start leaves', () => {
    const compared = results.filter(({ report: { fresh } }) => fresh !== undefined);
    for (const { report } of compared) {
      expect(report.resumed).toMatchObject({ status: 'succeeded', context: report.fresh });
    }
    expect(compared.length).toBeGreaterThanOrEqual(100);
  });

  it('covers each kind of edit as often as the others', () => {
    const counts = Map.groupBy(results, ({ kind }) => kind);
    for (const [kind, { length }] of counts) {
      expect([kind, length]).toEqual([
        kind,
        kind.startsWith('market') ? MARKET_SEEDS.length : DAILY_ROUNDS,
      ]);
    }
  });
});
