import { DIRECTIONS, type Direction } from './sentiment.ts';

export interface ClassScores {
  /** Mean of the F1 of the three classes; a class that is never said nor true counts 0. */
  readonly macroF1: number;
  readonly accuracy: number;
}

/** @param told and `truth` at the same places */
export function scoreDirections(
  truth: readonly Direction[],
  told: readonly Direction[],
): ClassScores {
  const hits = truth.filter((direction, at) => direction === told[at]).length;
  const scores = DIRECTIONS.map((side) => {
    const both = truth.filter((direction, at) => direction === side && told[at] === side).length;
    const either = count(truth, side) + count(told, side);
    return either === 0 ? 0 : (2 * both) / either;
  });
  const macroF1 = scores.reduce((sum, one) => sum + one, 0) / scores.length;
  return { macroF1, accuracy: truth.length === 0 ? 0 : hits / truth.length };
}

const count = (all: readonly Direction[], side: Direction): number =>
  all.filter((direction) => direction === side).length;
