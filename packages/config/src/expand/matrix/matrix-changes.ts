import { formatPath, type PathSegment } from '@millrace/core';
import type { ConfigNode, MapNode } from '../../tree/config-node.ts';
import { describeNode } from '../../tree/describe-node.ts';
import { type Combination, VARIABLE_NAME } from './combination.ts';
import { isSame } from './is-same.ts';
import { labelFault, labelOf } from './label.ts';
import type { MatrixChange } from './matrix-change.ts';
import { reportUnused } from './matrix-problems.ts';
import { type MatrixContext, reportLabel, type Variable } from './read-variables.ts';

interface ChangeContext extends MatrixContext {
  readonly map: MapNode;
  readonly variables: readonly Variable[];
}

/** Takes away what has all values of an entry of `exclude`. Undefined when something was reported. */
export function excludeCombinations(
  combinations: readonly Combination[],
  context: ChangeContext,
): readonly Combination[] | undefined {
  const changes = readChanges('exclude', context);
  if (changes === undefined) return undefined;
  let kept = combinations;
  for (const change of changes) {
    const left = kept.filter((combination) => !agree(combination, change.values));
    if (left.length === kept.length) reportUnused(change, context.variables, context);
    kept = left;
  }
  return kept;
}

/**
 * Lays each entry of `include` over the combinations whose own values it does not change; one that fits
 * none becomes a combination of its own. As in the workflows of GitHub Actions.
 */
export function includeCombinations(
  combinations: readonly Combination[],
  context: ChangeContext,
): readonly Combination[] | undefined {
  const changes = readChanges('include', context);
  if (changes === undefined) return undefined;
  const names = new Set(context.variables.map(({ name }) => name));
  const added: Combination[] = [];
  let changed = combinations;
  for (const [index, change] of changes.entries()) {
    const own = new Map([...change.values].filter(([name]) => names.has(name)));
    const fits = combinations.map((combination) => agree(combination, own));
    if (fits.includes(true)) {
      changed = changed.map((combination, at) =>
        fits[at] === true
          ? { ...combination, values: new Map([...combination.values, ...change.values]) }
          : combination,
      );
      continue;
    }
    const extra = addedCombination(change, index, context);
    if (extra === undefined) return undefined;
    added.push(extra);
  }
  return [...changed, ...added];
}

function addedCombination(
  { values, node, path }: MatrixChange,
  index: number,
  { variables, problems }: ChangeContext,
): Combination | undefined {
  const own = variables.flatMap(({ name }) => (values.has(name) ? [name] : []));
  const names = [...own, ...[...values.keys()].filter((name) => !own.includes(name))];
  const labels: string[] = [];
  for (const name of names) {
    const value = values.get(name) ?? node;
    const known = variables.find((variable) => variable.name === name);
    const position = known?.values.findIndex((other) => isSame(other, value)) ?? -1;
    const label = labelOf(value, position === -1 ? (known?.values.length ?? 0) + index : position);
    const fault = value.kind === 'scalar' ? labelFault(label, value) : undefined;
    if (fault !== undefined) {
      reportLabel(value, [...path, name], fault, problems);
      return undefined;
    }
    labels.push(label);
  }
  return { label: labels.join(','), values, at: node.span };
}

function agree(combination: Combination, values: ReadonlyMap<string, ConfigNode>): boolean {
  return values.entries().every(([name, value]) => {
    const own = combination.values.get(name);
    return own !== undefined && isSame(own, value);
  });
}

function readChanges(
  field: 'include' | 'exclude',
  context: ChangeContext,
): readonly MatrixChange[] | undefined {
  const section = context.map.entries.get(field)?.value;
  if (section === undefined) return [];
  const path = [...context.path, field];
  const { unfilled, problems } = context;
  if (unfilled.has(section)) return undefined;
  const items = section.kind === 'list' ? section.items : [];
  const changes: MatrixChange[] = [];
  for (const [index, node] of items.entries()) {
    const here = [...path, index];
    if (node.kind !== 'map' || node.entries.size === 0) {
      if (!unfilled.has(node)) reportType(node, here, 'a map from variables to values', problems);
      return undefined;
    }
    const values = new Map([...node.entries].map(([name, { value }]) => [name, value]));
    if (values.values().some((value) => unfilled.has(value))) return undefined;
    if (!namesAreKnown(field, { values, node, path: here }, context)) return undefined;
    changes.push({ values, node, path: here });
  }
  if (section.kind === 'list') return changes;
  reportType(section, path, 'a list of maps', problems);
  return undefined;
}

function namesAreKnown(
  field: 'include' | 'exclude',
  { values, node, path }: MatrixChange,
  { variables, problems }: ChangeContext,
): boolean {
  const names = variables.map(({ name }) => name);
  let areKnown = true;
  for (const name of values.keys()) {
    if (field === 'include' ? VARIABLE_NAME.test(name) : names.includes(name)) continue;
    areKnown = false;
    problems.report({
      code: 'MATRIX_UNKNOWN',
      message: `${formatPath(path)} names ${JSON.stringify(name)}, which is no variable of the matrix`,
      at: node.entries.get(name)?.keySpan,
      path: [...path, name],
      expected: `one of ${names.join(', ')}`,
      help: problems.suggest(name, names),
    });
  }
  return areKnown;
}

function reportType(
  node: ConfigNode,
  path: readonly PathSegment[],
  expected: string,
  problems: MatrixContext['problems'],
): void {
  problems.report({
    code: 'CONFIG_TYPE',
    message: `${formatPath(path)} must be ${expected}`,
    at: node.span,
    path,
    got: describeNode(node),
  });
}
