import { formatPath, type PathSegment } from '@millrace/core';
import type { Span } from '../source/config-source.ts';
import type { Problems } from '../source/problems.ts';
import { type ConfigNode, listNode, MAX_DEPTH, type MapEntry, mapNode } from './config-node.ts';

/**
 * A tree from values of code, all at one place. Plain data only, so that a config means the same in
 * every format. Undefined when something was reported.
 */
export function fromValue(
  value: unknown,
  request: {
    readonly at: Span;
    readonly path?: readonly PathSegment[];
    readonly problems: Problems;
  },
): ConfigNode | undefined {
  const { at, problems } = request;
  const ancestors = new Set<object>();
  return read(value, request.path ?? []);

  function read(here: unknown, path: readonly PathSegment[]): ConfigNode | undefined {
    switch (typeof here) {
      case 'string':
      case 'number':
      case 'boolean':
        return { kind: 'scalar', value: here, span: at };
      case 'object':
        if (here === null) return { kind: 'scalar', value: null, span: at };
        return readObject(here, path);
      default:
        return refuse(path, `a ${typeof here}`);
    }
  }

  function readObject(here: object, path: readonly PathSegment[]): ConfigNode | undefined {
    if (ancestors.has(here)) return refuse(path, 'a value that holds itself');
    if (ancestors.size >= MAX_DEPTH) return refuse(path, `nesting deeper than ${MAX_DEPTH} levels`);
    ancestors.add(here);
    try {
      if (Array.isArray(here)) return readList(here, path);
      if (isPlainObject(here)) return readMap(here, path);
      return refuse(path, `an instance of ${nameOfClass(here)}`);
    } finally {
      ancestors.delete(here);
    }
  }

  function readList(
    list: readonly unknown[],
    path: readonly PathSegment[],
  ): ConfigNode | undefined {
    const items = Array.from(list, (item, index) => read(item, [...path, index]));
    return items.includes(undefined)
      ? undefined
      : listNode(
          items.filter((i) => i !== undefined),
          at,
        );
  }

  function readMap(map: object, path: readonly PathSegment[]): ConfigNode | undefined {
    const entries = new Map<string, MapEntry>();
    let sound = true;
    for (const [key, inner] of Object.entries(map)) {
      // As in JSON: a key set to undefined is a key left out.
      if (inner === undefined) continue;
      const value = read(inner, [...path, key]);
      if (value === undefined) sound = false;
      else entries.set(key, { keySpan: at, value });
    }
    return sound ? mapNode(entries, at) : undefined;
  }

  function refuse(path: readonly PathSegment[], got: string): undefined {
    problems.report({
      code: 'CONFIG_NOT_PLAIN',
      message: `${formatPath(path) || 'the config'} is not plain data`,
      at,
      path,
      got,
      expected: 'text, a number, true, false, null, a list or an object of these',
    });
    return undefined;
  }
}

/** Also for objects of another realm, whose Object is another one. */
function isPlainObject(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

function nameOfClass(value: object): string {
  const made: unknown = Reflect.get(value, 'constructor');
  return typeof made === 'function' && made.name !== '' ? made.name : 'a class';
}
