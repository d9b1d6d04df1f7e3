import { beforeAll, describe, expect, it, jest } from '@jest/globals';
import { type EditResult, runChain } from './testing-local/check/edit-chain.ts';
import { type Tally, tallyOf, tallyTable } from './testing-local/check/tally.ts';
import { DAILY_EDITS } from './testing-local/daily/daily-edits.ts';
import { DailyMacro } from './testing-local/daily/daily-macro.ts';
import { MARKET_EDITS } from './testing-local/edits/market-edits.ts';
import { nextBeat } from './testing-local/edits/param-edits.ts';
import { Market } from './testing-local/market/market.ts';

// Each edit loads a project, runs what it has to, and mostly runs all of it once more.
jest.setTimeout(300_000);

const MARKET_SEEDS = [1, 2, 3, 4, 5, 6];

const daily = () =>
  runChain({
    name: 'daily-macro',
    seed: 1,
    open: () => new DailyMacro(),
    kinds: DAILY_EDITS,
    rounds: 3,
    compareEvery: 3,
  });

const market = (seed: number) => () =>
  runChain({
    name: 'market',
    seed,
    open: () => new Market(),
    kinds: MARKET_EDITS,
    rounds: 1,
    compareEvery: 1,
    companion: nextBeat,
  });

let results: readonly EditResult[] = [];
let byKind: ReadonlyMap<string, Tally> = new Map();

/** Two at a time: each waits for its own thread. */
async function inTwoLanes<Item>(chains: (() => Promise<Item>)[]): Promise<readonly Item[]> {
  const open = chains[Symbol.iterator]();
  const done: Item[] = [];
  const lane = async (): Promise<void> => {
    for (const chain of open) done.push(await chain());
  };
  await Promise.all([lane(), lane()]);
  return done;
}

beforeAll(async () => {
  results = (await inTwoLanes([daily, ...MARKET_SEEDS.map(market)])).flat();
  const grouped = Map.groupBy(results, ({ kind }) => kind);
  byKind = new Map(Array.from(grouped, ([kind, of]) => [kind, tallyOf(of)]));
});

describe('a plan after an edit of a project', () => {
  it('says of every stage what then happens, and why', () => {
    const { edits, stages, held, conditional, verdicts, settledRuns } = tallyOf(results);
    process.stdout.write(
      `${tallyTable(byKind)}\nplan honesty: ${edits} edits, ${held} of ${stages} verdicts held, ` +
        `${verdicts.undecided} undecided of which ${settledRuns} ran, ${conditional} left to a condition\n`,
    );
    expect(results.flatMap(({ problems }) => problems)).toEqual([]);
    expect(held).toBe(stages);
    expect(edits).toBeGreaterThanOrEqual(300);
  });
});
