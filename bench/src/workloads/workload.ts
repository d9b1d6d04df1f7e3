import type { PlainNode } from './shapes.ts';

/**
 * A graph whose stages do next to nothing, so that what is measured is the engine.
 *
 * - `plain`: a stage combines the numbers of the stages before it.
 * - `growing`: a chain; each stage adds a text to the state, and combines number and text of the one before.
 * - `resume`: as `plain`, but the last stage fails in a first run, and what is measured is the second one.
 */
export interface Workload {
  readonly name: WorkloadName;
  readonly kind: 'plain' | 'growing' | 'resume';
  /** Each after those that it needs. */
  readonly nodes: readonly PlainNode[];
  /** Of `growing`: what the stage at each place adds. Else empty. */
  readonly texts: readonly string[];
}

export const WORKLOAD_NAMES = ['W1', 'W2', 'W3', 'W4', 'W5', 'W5-600', 'W6', 'W7', 'W8'] as const;

export type WorkloadName = (typeof WORKLOAD_NAMES)[number];
