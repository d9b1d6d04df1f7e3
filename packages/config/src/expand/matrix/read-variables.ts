import { formatPath, nearestName, type PathSegment } from '@millrace/core';
import { sourcePlaces } from '../../interpolate/source-places.ts';
import type { Problems } from '../../source/problems.ts';
import type { ConfigNode, ListNode, MapEntry, MapNode } from '../../tree/config-node.ts';
import { describeNode } from '../../tree/describe-node.ts';
import { VARIABLE_NAME } from './combination.ts';
import { labelFault, labelOf } from './label.ts';

const LONGEST_SHOWN = 40;

/** One variable with its values, and what an id shows of each. */
export interface Variable {
  readonly name: string;
  readonly entry: MapEntry;
  readonly values: readonly ConfigNode[];
  readonly labels: readonly string[];
}

/** The place of a matrix or foreach, and who hears what is wrong with it. */
export interface MatrixContext {
  readonly path: readonly PathSegment[];
  /** Values whose placeholders could not be filled in, which was reported. */
  readonly unfilled: ReadonlySet<ConfigNode>;
  readonly problems: Problems;
}

/** The variables of a matrix or foreach; undefined when something was reported. */
export function readVariables(
  map: MapNode,
  context: MatrixContext,
  skipped: readonly string[] = [],
): readonly Variable[] | undefined {
  const entries = [...map.entries].filter(([name]) => !skipped.includes(name));
  const variables = entries.map(([name, entry]) =>
    isField(name, entry, skipped, context) ? undefined : readVariable(name, entry, context),
  );
  return variables.includes(undefined)
    ? undefined
    : variables.filter((variable) => variable !== undefined);
}

/** A variable of maps that is named almost like one of the fields is no variable. */
function isField(
  name: string,
  { keySpan, value }: MapEntry,
  fields: readonly string[],
  { path, problems }: MatrixContext,
): boolean {
  const near = value.kind === 'list' ? nearestName(name, fields) : undefined;
  if (near === undefined || value.kind !== 'list') return false;
  if (!value.items.every(({ kind }) => kind === 'map')) return false;
  problems.report({
    code: 'CONFIG_UNKNOWN_KEY',
    message: `${formatPath([...path, name])} is a variable whose values are maps, as those of ${near} are`,
    at: keySpan,
    path: [...path, name],
    help: `did you mean ${JSON.stringify(near)}?`,
  });
  return true;
}

function readVariable(
  name: string,
  entry: MapEntry,
  { path: above, unfilled, problems }: MatrixContext,
): Variable | undefined {
  const path = [...above, name];
  if (!VARIABLE_NAME.test(name)) {
    problems.report({
      code: 'CONFIG_VALUE',
      message: `${formatPath(path)}: expected a name of letters, digits, "_" and "-"`,
      at: entry.keySpan,
      path,
    });
    return undefined;
  }
  const { value } = entry;
  if (unfilled.has(value)) return undefined;
  if (value.kind !== 'list') {
    problems.report({
      code: 'CONFIG_TYPE',
      message: `${formatPath(path)} must be a list`,
      at: value.kind === 'scalar' && value.value === null ? entry.keySpan : value.span,
      path,
      got: describeNode(value),
      help: `the stage is repeated for each value of the list: ${name}: ${listOf(value)}`,
      related: sourcePlaces(value),
    });
    return undefined;
  }
  const labels = readLabels(value, path, problems);
  if (labels === undefined || value.items.some((item) => unfilled.has(item))) return undefined;
  return { name, entry, values: value.items, labels };
}

/** What was meant by a single value. */
function listOf(node: ConfigNode): string {
  const isShown = node.kind === 'scalar' && node.value !== null && node.from === undefined;
  const text = isShown ? (node.redacted ?? node.written ?? String(node.value)) : '';
  return text === '' || text.length > LONGEST_SHOWN ? '[20, 50]' : `[${text}]`;
}

function readLabels(
  { items }: ListNode,
  path: readonly PathSegment[],
  problems: Problems,
): readonly string[] | undefined {
  const labels = items.map(labelOf);
  let isSound = true;
  for (const [index, label] of labels.entries()) {
    const item = items[index];
    const fault = item?.kind === 'scalar' ? labelFault(label, item) : undefined;
    if (item === undefined || fault === undefined) continue;
    reportLabel(item, [...path, index], fault, problems);
    isSound = false;
  }
  return isSound ? labels : undefined;
}

/** A value that cannot be a part of the ids that it would make. */
export function reportLabel(
  node: ConfigNode,
  path: readonly PathSegment[],
  fault: string,
  problems: Problems,
): void {
  problems.report({
    code: 'MATRIX_LABEL',
    message: `${formatPath(path)} cannot be a part of a stage id: it ${fault}`,
    at: node.span,
    path,
    got: node.redacted ?? describeNode(node),
    help: 'write a map, { value: ... }, whose place in the list then stands in the id',
  });
}
