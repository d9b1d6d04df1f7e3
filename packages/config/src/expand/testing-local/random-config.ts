import type { SeededRandom } from '@millrace/core';

/** A config as plain data, all of it in pipelines of one file. */
export type PlainConfig = Readonly<Record<string, PlainPipeline>>;

export interface PlainPipeline {
  readonly params: Readonly<Record<string, unknown>>;
  readonly inputs: readonly string[];
  readonly stages: Readonly<Record<string, PlainStage>>;
}

export interface PlainStage {
  readonly uses?: string;
  readonly pipeline?: string;
  readonly matrix?: Readonly<Record<string, readonly unknown[]>>;
  readonly foreach?: Readonly<Record<string, readonly unknown[]>>;
  readonly needs?: readonly string[];
  readonly with?: Readonly<Record<string, unknown>>;
  readonly params?: Readonly<Record<string, unknown>>;
  readonly reads?: Readonly<Record<string, string>>;
  readonly writes?: Readonly<Record<string, string>>;
}

const PIPELINES = 4;

/** Pipelines `p0` and so on, of which each may hold the ones after it. */
export function randomConfig(random: SeededRandom): PlainConfig {
  const pipelines = Array.from({ length: PIPELINES }, (_, index) => [
    `p${index}`,
    randomPipeline(index, random),
  ]);
  return Object.fromEntries(pipelines);
}

function randomPipeline(index: number, random: SeededRandom): PlainPipeline {
  const stages: Record<string, PlainStage> = {};
  const count = 1 + random.integer(4);
  for (let at = 0; at < count; at++) stages[`s${at}`] = randomStage(index, stages, random);
  return { params: { a: index, b: `text ${index}` }, inputs: ['in'], stages };
}

function randomStage(
  index: number,
  before: Readonly<Record<string, PlainStage>>,
  random: SeededRandom,
): PlainStage {
  const repeated = randomRepetition(random);
  const variable = Object.entries(repeated).flatMap(([kind, lists]) =>
    Object.keys(lists).map((name) => `\${${kind}.${name}}`),
  )[0];
  const needs = Object.entries(before).flatMap(([name, stage]) =>
    random.next() < 0.5 ? [randomNeed(name, stage, random)] : [],
  );
  const common = { ...repeated, ...(needs.length === 0 ? {} : { needs }) };
  const value = (): unknown => pick([variable ?? 7, `\${a}`, `<\${b}>`, [1, `\${a}`]], random);
  const key = (): string =>
    pick(['in', 'k', variable === undefined ? 'k' : `k[${variable}]`], random);
  if (index + 1 < PIPELINES && random.next() < 0.4) {
    return {
      ...common,
      pipeline: `p${index + 1 + random.integer(PIPELINES - index - 1)}`,
      ...(random.next() < 0.5 ? { params: { a: value() } } : {}),
      ...(random.next() < 0.5 ? { reads: { in: key() } } : {}),
      ...(random.next() < 0.3 ? { writes: { k: key() } } : {}),
    };
  }
  return {
    ...common,
    uses: './any.ts',
    with: { v: value(), w: { deep: value() } },
    ...(random.next() < 0.5 ? { reads: { r: key() } } : {}),
    ...(random.next() < 0.3 ? { writes: { o: key() } } : {}),
  };
}

function randomRepetition(random: SeededRandom): Pick<PlainStage, 'matrix' | 'foreach'> {
  const chance = random.next();
  if (chance < 0.2) return { matrix: { x: [1, 'two', 3].slice(0, 1 + random.integer(3)) } };
  if (chance < 0.35) return { matrix: { x: [1, 2], y: ['u', 'v'] } };
  return chance < 0.5 ? { foreach: { x: [1, 2], y: ['u', 'v'] } } : {};
}

function randomNeed(
  name: string,
  { matrix, foreach, pipeline }: PlainStage,
  random: SeededRandom,
): string {
  const lists = Object.values(matrix ?? foreach ?? {});
  const label = lists.length === 0 ? '' : `[${lists.map(([first]) => first).join(',')}]`;
  const instance = `${name}${pick([label, label === '' ? '' : '[*]', ''], random)}`;
  return pipeline !== undefined && random.next() < 0.4 ? `${instance}/s0` : instance;
}

function pick<T>(choices: readonly T[], random: SeededRandom): T {
  return choices[random.integer(choices.length)] as T;
}
