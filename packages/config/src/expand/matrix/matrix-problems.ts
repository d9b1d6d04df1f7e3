import { formatPath } from '@millrace/core';
import { sourcePlaces } from '../../interpolate/source-places.ts';
import type { ConfigNode } from '../../tree/config-node.ts';
import { toPlain } from '../../tree/to-plain.ts';
import type { Combination } from './combination.ts';
import { isSame } from './is-same.ts';
import type { MatrixChange } from './matrix-change.ts';
import type { MatrixContext, Variable } from './read-variables.ts';

/** A stage that would become no stage at all. @param what it is for want of: one of its lists, or any */
export function reportEmpty(
  { name, node }: { readonly name?: string | undefined; readonly node: ConfigNode },
  { path, problems }: MatrixContext,
): void {
  const field = String(path.at(-1));
  problems.report({
    code: 'MATRIX_EMPTY',
    message: `${formatPath(name === undefined ? path : [...path, name])} stands for no value, so that there would be no stage`,
    at: node.span,
    path,
    help:
      name === undefined
        ? `name a variable and its values: ${field}: { symbol: [SPY, QQQ] }`
        : `give ${JSON.stringify(name)} at least one value, or take the stage out`,
    related: sourcePlaces(node),
  });
}

/** All combinations of the lists are taken away again. */
export function reportAllExcluded(
  node: ConfigNode,
  count: number,
  { path, problems }: MatrixContext,
): void {
  problems.report({
    code: 'MATRIX_EMPTY',
    message: `${formatPath([...path, 'exclude'])} takes every combination away (${count}), so that there would be no stage`,
    at: node.span,
    path,
    help: 'take one of its entries out, or add a combination under `include`',
  });
}

/** An entry of `exclude` that fits no combination. */
export function reportUnused(
  { node, values, path }: MatrixChange,
  variables: readonly Variable[],
  { problems }: MatrixContext,
): void {
  problems.report({
    code: 'MATRIX_UNUSED',
    severity: 'warning',
    message: `${formatPath(path)} takes no combination away`,
    at: node.span,
    path,
    help: unusedHelp(values, variables),
  });
}

function unusedHelp(
  values: ReadonlyMap<string, ConfigNode>,
  variables: readonly Variable[],
): string {
  for (const { name, values: all } of variables) {
    const wanted = values.get(name);
    if (wanted === undefined || all.some((value) => isSame(value, wanted))) continue;
    const shown = all.slice(0, 5).map(shortValue).join(', ');
    const known = `the values of ${JSON.stringify(name)} are ${shown}${all.length > 5 ? ', ...' : ''}`;
    const twin = all.find((value) => textOf(value) === textOf(wanted));
    return twin === undefined || twin.kind !== 'scalar'
      ? `take it out, or correct ${JSON.stringify(name)}: ${known}`
      : `write ${name}: ${shortValue(twin)}, for ${known}`;
  }
  return 'an entry before it takes the same away: take this one out';
}

function shortValue(value: ConfigNode): string {
  return value.redacted ?? JSON.stringify(toPlain(value));
}

function textOf(value: ConfigNode): string | undefined {
  return value.kind === 'scalar' ? String(value.value) : undefined;
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
