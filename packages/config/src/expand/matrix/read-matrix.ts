import { formatPath } from '@millrace/core';
import type { ConfigNode, MapNode } from '../../tree/config-node.ts';
import { MAX_STAGES } from '../expansion-budget.ts';
import { type Combination, MATRIX_FIELDS } from './combination.ts';
import { excludeCombinations, includeCombinations } from './matrix-changes.ts';
import { reportAllExcluded, reportEmpty, uniqueLabels } from './matrix-problems.ts';
import { type MatrixContext, readVariables, type Variable } from './read-variables.ts';

/**
 * All combinations of the lists, the last variable changing first; then `exclude` takes some away and
 * `include` changes or adds some. Undefined when something was reported.
 */
export function readMatrix(
  map: MapNode,
  context: MatrixContext,
): readonly Combination[] | undefined {
  const variables = readVariables(map, context, MATRIX_FIELDS);
  if (variables === undefined) return undefined;
  const emptyOne = variables.find(({ values }) => values.length === 0);
  if (emptyOne !== undefined) {
    reportEmpty({ name: emptyOne.name, node: emptyOne.entry.value }, context);
    return undefined;
  }
  const count = variables.reduce((product, { values }) => product * values.length, 1);
  if (count > MAX_STAGES) {
    reportTooMany(map, count, context);
    return undefined;
  }
  const all = variables.length === 0 ? [] : combine(variables, map);
  if (!uniqueLabels(all, context)) return undefined;
  const kept = excludeCombinations(all, { map, variables, ...context });
  const combinations = kept && includeCombinations(kept, { map, variables, ...context });
  if (combinations === undefined) return undefined;
  if (combinations.length === 0) {
    if (all.length === 0) reportEmpty({ node: map }, context);
    else reportAllExcluded(map, all.length, context);
    return undefined;
  }
  return uniqueLabels(combinations, context) ? combinations : undefined;
}

function combine(variables: readonly Variable[], map: MapNode): readonly Combination[] {
  let combinations: readonly Choice[] = [{ labels: [], values: [] }];
  for (const { values, labels } of variables) {
    combinations = combinations.flatMap((above) =>
      values.map((value, index) => ({
        labels: [...above.labels, labels[index] ?? ''],
        values: [...above.values, value],
      })),
    );
  }
  return combinations.map(({ labels, values }) => ({
    label: labels.join(','),
    values: new Map(variables.map(({ name }, index) => [name, values[index] ?? map])),
    at: (values.at(-1) ?? map).span,
  }));
}

interface Choice {
  readonly labels: readonly string[];
  readonly values: readonly ConfigNode[];
}

function reportTooMany(map: MapNode, count: number, { path, problems }: MatrixContext): void {
  problems.report({
    code: 'STAGES_TOO_MANY',
    message: `${formatPath(path)} has more combinations than a config may come to stages`,
    at: map.span,
    path,
    got: `${count} combinations`,
    expected: `at most ${MAX_STAGES} stages in all`,
    help: 'let one stage go over many values itself',
  });
}
