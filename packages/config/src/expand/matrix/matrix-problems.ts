import { formatPath } from '@millrace/core';
import type { ConfigNode } from '../../tree/config-node.ts';
import type { Combination } from './combination.ts';
import type { MatrixContext } from './read-variables.ts';

/** A stage that would become no stage at all. */
export function reportEmpty(node: ConfigNode, { path, problems }: MatrixContext): void {
  problems.report({
    code: 'MATRIX_EMPTY',
    message: `${formatPath(path)} stands for no value, so that there would be no stage`,
    at: node.span,
    path,
    help: 'give each list a value, or take the stage out',
  });
}

/** Reports combinations that would be stages of one id. */
export function uniqueLabels(
  combinations: readonly Combination[],
  { path, problems }: MatrixContext,
): boolean {
  const firsts = new Map<string, Combination>();
  let isSound = true;
  for (const combination of combinations) {
    const first = firsts.get(combination.label);
    if (first === undefined) {
      firsts.set(combination.label, combination);
      continue;
    }
    isSound = false;
    problems.report({
      code: 'MATRIX_DUPLICATE',
      message: `two combinations of ${formatPath(path)} are both [${combination.label}]`,
      at: twinOf(combination, first)?.span ?? combination.at,
      path,
      help: 'take one of them out, or write maps, whose place in the list then stands in the id',
      related: [{ message: 'the first one', at: first.at }],
    });
  }
  return isSound;
}

/** Of the product of lists, the value that the first combination does not have from the same place. */
function twinOf({ values, at }: Combination, first: Combination): ConfigNode | undefined {
  const isProduct = [...values.values()].at(-1)?.span === at;
  if (!isProduct) return undefined;
  for (const [name, value] of values) if (first.values.get(name) !== value) return value;
  return undefined;
}
