import {
  formatPath,
  type MillraceError,
  type Result,
  type ValueDifference,
  type ValueDifferences,
} from '@millrace/core';
import { cutTo, printable } from '../terminal/printable.ts';
import type { Paint, Style } from '../terminal/terminal.ts';
import { boundedJson } from './bounded-json.ts';
import { valueText } from './value-text.ts';

const VALUE_WIDTH = 60;

/** A line for each place at which two values differ, at most `most`, and how many there are besides. */
export function changeLines(
  { first, count, isComplete }: ValueDifferences,
  { paint, most }: { readonly paint: Paint; readonly most: number },
): string[] {
  if (count === 0 && isComplete) {
    return [paint('dim', 'the same but for the order of keys, or which parts are one object')];
  }
  const lines = first.slice(0, most).map((change) => changeLine(change, paint));
  const more = count - lines.length;
  const end = [
    ...(more > 0
      ? [`and ${isComplete ? '' : 'at least '}${more.toLocaleString('en-US')} more`]
      : []),
    ...(isComplete ? [] : ['too large to compare to the end']),
  ].join('; ');
  return end === '' ? lines : [...lines, paint('dim', end)];
}

const MARKS = {
  changed: { mark: '~', style: 'yellow' },
  added: { mark: '+', style: 'green' },
  removed: { mark: '-', style: 'red' },
} as const satisfies Record<ValueDifference['kind'], { mark: string; style: Style }>;

function changeLine(change: ValueDifference, paint: Paint): string {
  const { mark, style } = MARKS[change.kind];
  const place = printable(formatPath(change.path));
  return `${paint(style, mark)} ${place === '' ? '' : `${place}: `}${valuesOf(change)}`;
}

function valuesOf(change: ValueDifference): string {
  switch (change.kind) {
    case 'changed':
      return `${shortText(change.before)} -> ${shortText(change.after)}`;
    case 'added':
      return shortText(change.after);
    case 'removed':
      return shortText(change.before);
    default:
      return change satisfies never;
  }
}

function shortText(value: unknown): string {
  return cutTo(valueText(value, { short: true }), VALUE_WIDTH);
}

export function changesJson({
  first,
  count,
  isComplete,
}: ValueDifferences): Readonly<Record<string, unknown>> {
  return {
    count,
    complete: isComplete,
    first: first.map((change) => ({
      kind: change.kind,
      path: change.path,
      ...('before' in change ? { before: boundedJson(change.before) } : {}),
      ...('after' in change ? { after: boundedJson(change.after) } : {}),
    })),
  };
}

/** A stored value, or what is wrong with it, on one line. */
export function storedText(value: Result<unknown, MillraceError>): string {
  return value.ok
    ? valueText(value.value, { short: true })
    : `${value.problem.code}: ${value.problem.message}`;
}

export function storedJson(
  value: Result<unknown, MillraceError>,
): Readonly<Record<string, unknown>> {
  return value.ok ? { ...boundedJson(value.value) } : problemJson(value.problem);
}

export function problemJson({ code, message }: MillraceError): Readonly<Record<string, unknown>> {
  return { problem: { code, message } };
}
