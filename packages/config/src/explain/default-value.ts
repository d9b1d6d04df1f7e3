import type { PathSegment } from '@millrace/core';
import type { DefaultGiver } from './explained-value.ts';

/** A value that is not written anywhere. */
export interface DefaultValue {
  readonly path: readonly PathSegment[];
  /** As it would be written; undefined for none. */
  readonly value: unknown;
  readonly by: DefaultGiver;
}

const UNITS: readonly (readonly [string, number])[] = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['m', 60_000],
  ['s', 1000],
];

/** A duration as a config writes it: `5s`. */
export function writtenDuration(durationMs: number): string {
  const [unit, size] = UNITS.find(([, size]) => durationMs > 0 && durationMs % size === 0) ?? [
    'ms',
    1,
  ];
  return `${durationMs / size}${unit}`;
}
