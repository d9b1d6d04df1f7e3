import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { HEAVY_CASES } from './testing-local/heavy-cases.ts';
import { type HostileCase, loaded } from './testing-local/hostile-case.ts';
import type { Outcome } from './testing-local/measure.ts';
import { Measuring } from './testing-local/measuring.ts';
import { SMALL_CASES } from './testing-local/small-cases.ts';

/**
 * What every case has to do with, Node and all modules included. The heap is bounded such that it cannot
 * be passed for want of collecting: beside the heap there are some 45 MB of Node, 25 MB of compiled
 * modules, and at most three times 16 MB of the file as bytes and as text.
 */
const MAX_RSS_MB = 200;
/** Of which no case needs more than 48 MB, 20 MB of modules among them. */
const HEAP_MB = 64;
const MAX_OUTPUT = 20_000;
const TIMEOUT_MS = 300_000;

const STACK_TRACE = /\n\s+at .+:\d+:\d+/;
const UNPRINTABLE = /[\p{Cc}--\n]/v;

let measuring: Measuring;

beforeAll(async () => {
  measuring = await Measuring.create();
});

afterAll(() => measuring.remove());

function check({ file, answer }: HostileCase, outcome: Outcome | undefined): void {
  if (outcome === undefined) throw new TypeError('the case was not measured');
  if ('death' in outcome) {
    throw new TypeError(
      `the load ended its process, which has a heap of ${HEAP_MB} MB: ${outcome.death}`,
    );
  }
  const { stageIds, diagnostics, rendered } = outcome;
  expect(rendered.length).toBeLessThan(MAX_OUTPUT);
  expect(rendered).not.toMatch(STACK_TRACE);
  expect(rendered).not.toMatch(UNPRINTABLE);
  expect(outcome.didTouchPrototypes).toBe(false);
  expect(outcome.peakRssMb ?? 0).toBeLessThan(MAX_RSS_MB);
  if (answer.kind === 'loaded') {
    expect(diagnostics).toEqual([]);
    expect(stageIds).toEqual(answer.stageIds);
  } else {
    const { length } = answer.diagnostics;
    expect(diagnostics.slice(0, length)).toEqual(answer.diagnostics);
    expect(stageIds).toBeUndefined();
    const [, line] = answer.diagnostics[0]?.split(' ') ?? [];
    expect(rendered).toContain(line === undefined ? file : `${file}:${line}:`);
    expect(rendered).toContain(answer.names);
    expect(outcome.didImport).toBe(answer.isSound);
  }
}

function printed({ shape, file }: HostileCase, outcome: Outcome): string {
  const names = `${shape.padEnd(36)} ${file.slice(2).padEnd(6)}`;
  if ('death' in outcome) return `${names} does not come back`;
  const { diagnostics, elapsedMs, peakRssMb } = outcome;
  return [
    names,
    (diagnostics[0] ?? 'loads').padEnd(32),
    `${elapsedMs.toFixed(0)} ms`.padStart(8),
    `${peakRssMb?.toFixed(0) ?? '?'} MB`.padStart(8),
  ].join(' ');
}

function print(cases: readonly HostileCase[], outcomes: readonly Outcome[]): void {
  const lines = outcomes.map((outcome, index) => {
    const one = cases[index];
    return one === undefined ? '' : printed(one, outcome);
  });
  process.stdout.write(`${lines.join('\n')}\n`);
}

const title = ({ shape, file }: HostileCase): string => `${shape}: ${file}`;

describe.each([
  ['few', SMALL_CASES, 1],
  ['many', HEAVY_CASES, 2],
])('a hostile file of %s bytes gets its answer for little memory', (_bytes, cases, concurrency) => {
  let outcomes: readonly Outcome[] = [];

  beforeAll(async () => {
    outcomes = await measuring.measure(cases, { heapMb: HEAP_MB, concurrency });
    print(cases, outcomes);
  }, TIMEOUT_MS);

  test.each(cases.map((one, index) => [title(one), one, index] as const))(
    '%s',
    (_title, one, index) => check(one, outcomes[index]),
  );
});

function legitimate(count: number): HostileCase {
  const ids = Array.from({ length: count }, (_, i) => `stage-${i}`);
  const stage = (id: string, i: number): string =>
    `  ${id}:\n    uses: ./stage.ts\n    needs: [${ids[i - 1] ?? ''}]\n    timeout: 5m\n    tags: [large, "number ${i}"]\n`;
  return {
    shape: `${count} legitimate stages`,
    file: 'h.yaml',
    content: () => `name: x\nstages:\n${ids.map(stage).join('')}`,
    answer: loaded(...ids),
  };
}

test(
  'what needs more memory than a case may have ends its process, and no other case',
  async () => {
    const cases = [legitimate(40_000), legitimate(1)];
    const outcomes = await measuring.measure(cases, { heapMb: HEAP_MB });
    expect(outcomes).toMatchObject([
      { death: expect.stringContaining('JavaScript heap out of memory') },
      { stageIds: ['stage-0'] },
    ]);
  },
  TIMEOUT_MS,
);

test(
  'a legitimate file of 100,000 stages is no hostile one',
  async () => {
    const cases = [legitimate(100_000)];
    const outcomes = await measuring.measure(cases);
    print(cases, outcomes);
    expect(outcomes).toMatchObject([{ diagnostics: [], stageIds: { length: 100_000 } }]);
  },
  TIMEOUT_MS,
);
