import { formatPath } from '@millrace/core';
import type { MapNode } from '../../tree/config-node.ts';
import { describeNode } from '../../tree/describe-node.ts';
import type { Combination } from './combination.ts';
import { reportEmpty, uniqueLabels } from './matrix-problems.ts';
import { type MatrixContext, readVariables, type Variable } from './read-variables.ts';

/** Lists in step: the first values together, then the second ones. Undefined when something was reported. */
export function readForeach(
  map: MapNode,
  context: MatrixContext,
): readonly Combination[] | undefined {
  const variables = readVariables(map, context);
  if (variables === undefined) return undefined;
  const [first] = variables;
  if (first === undefined || first.values.length === 0) {
    reportEmpty({ name: first?.name, node: first?.entry.value ?? map }, context);
    return undefined;
  }
  if (!haveOneLength(first, variables, context)) return undefined;
  const combinations = first.values.map((value, index) => ({
    label: variables.map(({ labels }) => labels[index] ?? '').join(','),
    values: new Map(variables.map(({ name, values }) => [name, values[index] ?? value])),
    at: value.span,
  }));
  return uniqueLabels(combinations, context) ? combinations : undefined;
}

function haveOneLength(
  first: Variable,
  variables: readonly Variable[],
  { path, problems }: MatrixContext,
): boolean {
  const others = variables.filter(({ values }) => values.length !== first.values.length);
  for (const { name, entry } of others) {
    problems.report({
      code: 'FOREACH_LENGTHS',
      message: `the lists of ${formatPath(path)} must be of one length, because they are gone through in step`,
      at: entry.keySpan,
      path: [...path, name],
      got: describeNode(entry.value),
      expected: `a list of ${first.values.length}, as ${JSON.stringify(first.name)} is`,
      help: 'for all combinations of the lists, write matrix instead of foreach',
      related: [{ message: 'the first list', at: first.entry.keySpan }],
    });
  }
  return others.length === 0;
}
