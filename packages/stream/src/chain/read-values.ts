import { FROM_INITIAL, GATHERED, LOOKED_UP } from '@millrace/core';
import type { Link, LinkInput, Written } from './link.ts';

/** What one message has of values, so far. */
export interface Values {
  readonly initial: Written;
  /** By the place of the stage; undefined where it wrote nothing. */
  readonly written: readonly (Written | undefined)[];
}

/** Stands for a value that nobody wrote. */
export const NOTHING: unique symbol = Symbol('nothing');

/** The declared inputs of a stage by its own names; undefined for one that declares none. */
export function gatherInputs(link: Link, values: Values): Record<string, unknown> | undefined {
  const { inputs } = link;
  if (inputs === undefined) return undefined;
  const gathered: Record<string, unknown> = {};
  for (const input of inputs) {
    const value = readInput(link, input, values);
    if (value !== NOTHING) gathered[input.name] = value;
  }
  return gathered;
}

function readInput(link: Link, input: LinkInput, values: Values): unknown {
  const { source, key } = input;
  if (source >= 0) return readFrom(values.written[source], key);
  switch (source) {
    case FROM_INITIAL:
      return readFrom(values.initial, key);
    case LOOKED_UP:
      return readVisible(link, key, values);
    case GATHERED:
      return (input.parts ?? []).map((part) => {
        const value = readInput(link, part, values);
        return value === NOTHING ? undefined : value;
      });
    default:
      return NOTHING;
  }
}

/** A key as a stage sees it: of the last one before it that wrote it, or an initial one. */
export function readVisible({ ancestors }: Link, key: string, values: Values): unknown {
  for (let at = ancestors.length - 1; at >= 0; at--) {
    const value = readFrom(values.written[ancestors[at] ?? 0], key);
    if (value !== NOTHING) return value;
  }
  return readFrom(values.initial, key);
}

/** The keys that a stage sees. */
export function visibleKeys({ ancestors }: Link, values: Values): readonly string[] {
  const keys = new Set(Object.keys(values.initial));
  for (const place of ancestors) {
    for (const key of Object.keys(values.written[place] ?? {})) keys.add(key);
  }
  return [...keys].sort();
}

/** All that a stage sees, in one object. */
export function visibleValues(link: Link, values: Values): Written {
  const all: Record<string, unknown> = Object.create(null);
  for (const key of visibleKeys(link, values)) all[key] = readVisible(link, key, values);
  return Object.freeze(all);
}

function readFrom(written: Written | undefined, key: string): unknown {
  if (written === undefined) return NOTHING;
  const value = written[key];
  // `toString` is a key like any other, and not there unless somebody wrote it.
  if (value === undefined || key in Object.prototype) {
    return Object.hasOwn(written, key) ? value : NOTHING;
  }
  return value;
}
