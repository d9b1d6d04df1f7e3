import { type GeneratedNode, generateChain, generateFan, generateLayered } from '@millrace/core';

/** A graph whose stages only combine numbers, so that what is measured is the engine. */
export interface Workload {
  readonly name: string;
  readonly nodes: readonly GeneratedNode[];
}

/** Seed of every random shape. */
const SEED = 20_260_101;

const BUILDERS: Readonly<Record<string, () => readonly GeneratedNode[]>> = {
  'chain-1000': () => generateChain(1000),
  'fan-1000': () => generateFan(1000),
  'layers-10x100': () => generateLayered({ layers: 10, width: 100, maxNeeds: 3, seed: SEED }),
  'layers-100x100': () => generateLayered({ layers: 100, width: 100, maxNeeds: 3, seed: SEED }),
};

export const WORKLOAD_NAMES: readonly string[] = Object.keys(BUILDERS);

export function buildWorkload(name: string): Workload {
  const build = BUILDERS[name];
  if (build === undefined) {
    throw new RangeError(`unknown workload ${name}; known are ${WORKLOAD_NAMES.join(', ')}`);
  }
  return { name, nodes: build() };
}

const PRIME = 16_777_619;

/** The value of a stage: its place and the values before it, so that a wrong order shows. 32-bit FNV steps. */
export function combine(place: number, before: readonly number[]): number {
  let value = (2_166_136_261 ^ place) >>> 0;
  for (const one of before) value = Math.imul(value ^ one, PRIME) >>> 0;
  return value;
}

/** One number over all stages, equal for every adapter that computed them right. */
export function digestOf(values: Iterable<number>): number {
  let digest = 0;
  for (const value of values) digest = (digest + value) >>> 0;
  return digest;
}
