import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { HEAVY_CASES } from './testing-local/heavy-cases.ts';
import { type HostileCase, loaded } from './testing-local/hostile-case.ts';
import type { Measure } from './testing-local/measure.ts';
import { Measuring } from './testing-local/measuring.ts';
import { SMALL_CASES } from './testing-local/small-cases.ts';

const MAX_RSS_MB = 200;
const MAX_OUTPUT = 20_000;
const TIMEOUT_MS = 300_000;

const STACK_TRACE = /\n\s+at .+:\d+:\d+/;
const UNPRINTABLE = /[\p{Cc}--\n]/v;

let measuring: Measuring;

beforeAll(async () => {
  measuring = await Measuring.create();
});

afterAll(() => measuring.remove());

function check({ file, answer }: HostileCase, measure: Measure | undefined): void {
  if (measure === undefined) throw new TypeError('the case was not measured');
  const { stageIds, diagnostics, rendered } = measure;
  expect(rendered.length).toBeLessThan(MAX_OUTPUT);
  expect(rendered).not.toMatch(STACK_TRACE);
  expect(rendered).not.toMatch(UNPRINTABLE);
  expect(measure.didTouchPrototypes).toBe(false);
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
    expect(measure.didImport).toBe(answer.isSound);
  }
}

function printed({ shape, file }: HostileCase, measure: Measure | undefined): string {
  const { diagnostics = [], elapsedMs = 0, maxRssMb = 0 } = measure ?? {};
  return [
    shape.padEnd(36),
    file.slice(2).padEnd(6),
    (diagnostics[0] ?? 'loads').padEnd(32),
    `${elapsedMs.toFixed(0)} ms`.padStart(8),
    `${maxRssMb.toFixed(0)} MB`.padStart(8),
  ].join(' ');
}

function print(cases: readonly HostileCase[], measures: readonly Measure[]): void {
  const lines = cases.map((one, index) => printed(one, measures[index]));
  process.stdout.write(`${lines.join('\n')}\n`);
}

const title = ({ shape, file }: HostileCase): string => `${shape}: ${file}`;

describe('a hostile file of few bytes gets its answer', () => {
  let measures: readonly Measure[] = [];

  beforeAll(async () => {
    measures = await measuring.measure(SMALL_CASES);
    print(SMALL_CASES, measures);
  }, TIMEOUT_MS);

  test.each(SMALL_CASES.map((one, index) => [title(one), one, index] as const))(
    '%s',
    (_title, one, index) => check(one, measures[index]),
  );

  test('and all of them together cost little memory', () => {
    expect(measures.at(-1)?.maxRssMb).toBeLessThan(MAX_RSS_MB);
  });
});

describe('a hostile file of many bytes gets its answer for little memory', () => {
  const measures: Measure[] = [];

  beforeAll(async () => {
    const queue = HEAVY_CASES.entries();
    const drain = async (): Promise<void> => {
      for (const [index, one] of queue) {
        const [measure] = await measuring.measure([one]);
        if (measure !== undefined) measures[index] = measure;
      }
    };
    await Promise.all([drain(), drain()]);
    print(HEAVY_CASES, measures);
  }, TIMEOUT_MS);

  test.each(HEAVY_CASES.map((one, index) => [title(one), one, index] as const))(
    '%s',
    (_title, one, index) => {
      check(one, measures[index]);
      expect(measures[index]?.maxRssMb).toBeLessThan(MAX_RSS_MB);
    },
  );
});

test(
  'a legitimate file of 100,000 stages is no hostile one',
  async () => {
    const ids = Array.from({ length: 100_000 }, (_, i) => `stage-${i}`);
    const stage = (id: string, i: number): string =>
      `  ${id}:\n    uses: ./stage.ts\n    needs: [${ids[i - 1] ?? ''}]\n    timeout: 5m\n    tags: [large, "number ${i}"]\n`;
    const one: HostileCase = {
      shape: '100,000 legitimate stages',
      file: 'h.yaml',
      content: () => `name: x\nstages:\n${ids.map(stage).join('')}`,
      answer: loaded(...ids),
    };
    const measures = await measuring.measure([one]);
    print([one], measures);
    expect(measures[0]?.diagnostics.slice(0, 3)).toEqual([]);
    expect(measures[0]?.stageIds?.length).toBe(ids.length);
  },
  TIMEOUT_MS,
);
