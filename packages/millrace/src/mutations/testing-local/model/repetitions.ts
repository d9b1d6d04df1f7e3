import { isDeepStrictEqual } from 'node:util';
import { isSlipOf } from './is-slip-of.ts';
import { isList, isMap, listOf, mapOf, type PlainMap } from './plain.ts';

/** One instance of a stage. */
export interface Repetition {
  /** Undefined for a stage that is not repeated. */
  readonly label: string | undefined;
  /** What its placeholders may name beside params. */
  readonly variables: PlainMap;
}

/** A combination of values, and what an id shows of each. */
interface Row {
  readonly values: PlainMap;
  readonly parts: readonly string[];
}

const VARIABLE = /^[\p{L}_][\p{L}\p{N}_-]*$/u;

/** The instances that a stage is written for, or why there can be none. */
export function repetitionsOf({
  matrix,
  foreach,
}: {
  readonly matrix?: unknown;
  readonly foreach?: unknown;
}): readonly Repetition[] | string {
  if (matrix === undefined && foreach === undefined) return [{ label: undefined, variables: {} }];
  if (matrix !== undefined && foreach !== undefined) return 'both matrix and foreach';
  const kind = matrix === undefined ? 'foreach' : 'matrix';
  const written = matrix ?? foreach;
  if (!isMap(written)) return `${kind} is no map`;
  const rows = kind === 'matrix' ? matrixRows(written) : foreachRows(written);
  if (!isList(rows)) return `${kind} ${rows}`;
  if (rows.length === 0) return `${kind} stands for nothing`;
  const parts = rows.flatMap((row) => row.parts);
  if (parts.some((part) => part === '' || part !== part.trim() || /[[\],*]/.test(part)))
    return `${kind} has a value that cannot stand in an id`;
  const labels = rows.map((row) => row.parts.join(','));
  if (new Set(labels).size < labels.length) return `${kind} gives two instances one id`;
  return rows.map(({ values }, index) => ({
    label: labels[index],
    variables: Object.fromEntries(variablesIn(kind, values)),
  }));
}

/** Of a value that is a map the parts can be named too. */
function* variablesIn(prefix: string, values: PlainMap): Iterable<readonly [string, unknown]> {
  for (const [name, value] of Object.entries(values)) {
    yield [`${prefix}.${name}`, value];
    if (isMap(value)) yield* variablesIn(`${prefix}.${name}`, value);
  }
}

function matrixRows({ include, exclude, ...lists }: PlainMap): readonly Row[] | string {
  const fault =
    fieldFault(lists) ?? listsFault(lists) ?? changesFault(include) ?? changesFault(exclude);
  if (fault !== undefined) return fault;
  const names = Object.keys(lists);
  const excluded = listOf(exclude).map(mapOf);
  if (excluded.some((one) => Object.keys(one).some((name) => !names.includes(name))))
    return 'excludes by a variable that it does not have';
  const added = listOf(include).flatMap((one) => Object.keys(mapOf(one)));
  if (added.some((name) => !VARIABLE.test(name))) return 'includes a variable of an odd name';
  const kept = product(lists).filter((row) => !excluded.some((one) => agrees(row, one)));
  return included(kept, listOf(include).map(mapOf), lists);
}

function product(lists: PlainMap): readonly Row[] {
  const entries = Object.entries(lists);
  const none: readonly Row[] = [{ values: {}, parts: [] }];
  if (entries.length === 0) return [];
  return entries.reduce(
    (rows, [name, list]) =>
      rows.flatMap(({ values, parts }) =>
        listOf(list).map((value, index) => ({
          values: { ...values, [name]: value },
          parts: [...parts, partOf(value, index)],
        })),
      ),
    none,
  );
}

/** Each change is laid over the combinations that it fits; one that fits none is a combination more. */
function included(
  rows: readonly Row[],
  changes: readonly PlainMap[],
  lists: PlainMap,
): readonly Row[] {
  const fits = (row: Row, change: PlainMap): boolean =>
    agrees(row, Object.fromEntries(Object.entries(change).filter(([name]) => name in lists)));
  const changed = rows.map((row) => ({
    ...row,
    values: Object.assign({}, row.values, ...changes.filter((change) => fits(row, change))),
  }));
  const added = changes.flatMap((change, index) =>
    rows.some((row) => fits(row, change)) ? [] : [addedRow(change, index, lists)],
  );
  return [...changed, ...added];
}

function addedRow(values: PlainMap, index: number, lists: PlainMap): Row {
  const own = Object.keys(lists).filter((name) => Object.hasOwn(values, name));
  const names = [...own, ...Object.keys(values).filter((name) => !own.includes(name))];
  const parts = names.map((name) => {
    const list = listOf(lists[name]);
    const at = list.findIndex((other) => isDeepStrictEqual(other, values[name]));
    return partOf(values[name], at === -1 ? list.length + index : at);
  });
  return { values, parts };
}

function agrees({ values }: Row, wanted: PlainMap): boolean {
  return Object.entries(wanted).every(([name, value]) => isDeepStrictEqual(values[name], value));
}

function foreachRows(foreach: PlainMap): readonly Row[] | string {
  const fault = listsFault(foreach);
  if (fault !== undefined) return fault;
  const names = Object.keys(foreach);
  const lists = Object.values(foreach).map(listOf);
  const [first = []] = lists;
  if (lists.some((list) => list.length !== first.length)) return 'has lists of several lengths';
  return first.map((_, index) => ({
    values: Object.fromEntries(names.map((name, at) => [name, lists[at]?.[index]])),
    parts: lists.map((list) => partOf(list[index], index)),
  }));
}

/** What an id shows of a value: a scalar as it is, else its place in its list. */
function partOf(value: unknown, index: number): string {
  return typeof value === 'object' && value !== null ? String(index) : String(value);
}

/** Maps under a name that is almost that of a field were meant for the field. */
function fieldFault(lists: PlainMap): string | undefined {
  const slip = Object.entries(lists).find(
    ([name, list]) =>
      listOf(list).every(isMap) && ['include', 'exclude'].some((field) => isSlipOf(name, field)),
  );
  return slip && `has a variable that is almost a field: ${slip[0]}`;
}

function listsFault(lists: PlainMap): string | undefined {
  if (Object.keys(lists).some((name) => !VARIABLE.test(name)))
    return 'has a variable of an odd name';
  const isSound = Object.values(lists).every((list) => isList(list) && list.length > 0);
  return isSound ? undefined : 'has a variable that is no list of values';
}

function changesFault(changes: unknown): string | undefined {
  if (changes === undefined || (isList(changes) && changes.every(isMap))) return undefined;
  return 'has changes that are no maps';
}
