import type { Span } from '../../source/config-source.ts';
import type { ConfigNode } from '../../tree/config-node.ts';

/** How a stage is written once and becomes several: all combinations of lists, or lists in step. */
export type ExpansionKind = 'matrix' | 'foreach';

/** What one instance of a stage stands for. */
export interface Combination {
  /** Between the brackets of the instance's id: `20,SPY`. */
  readonly label: string;
  /** By the name of the variable. */
  readonly values: ReadonlyMap<string, ConfigNode>;
  /** Where it was written, for problems. */
  readonly at: Span;
}

export const MATRIX_FIELDS: readonly string[] = ['include', 'exclude'];

/** Without dots, which lead into a value: `matrix.grid.window`. */
export const VARIABLE_NAME = /^[\p{L}_][\p{L}\p{N}_-]*$/u;
