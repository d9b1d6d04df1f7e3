import { describe, expect, it } from '@jest/globals';
import type { Cell } from './cell.ts';
import { PipelineContext } from './pipeline-context.ts';
import { sealed } from './testing-local/sealed.ts';

const AWKWARD = ['__proto__', 'constructor', 'toString', 'then', 'ключ', 'with space', ''];

function contextOf(entries: readonly (readonly [string, unknown])[]): PipelineContext {
  const cells = new Map<string, Cell>(
    entries.map(([key, value]) => [key, { key, sealed: sealed(value), hash: `hash of ${key}` }]),
  );
  // A finder may name a key twice, and one that it does not find.
  const keys = [...cells.keys(), ...cells.keys(), 'never written'];
  return new PipelineContext({ find: (key) => cells.get(key), keys: () => keys });
}

describe('PipelineContext', () => {
  it('lists each visible key once, sorted', () => {
    const context = contextOf([
      ['b', 1],
      ['a', undefined],
    ]);
    expect(context.keys()).toEqual(['a', 'b']);
    expect(context.has('a')).toBe(true);
    expect(context.has('never written')).toBe(false);
    expect(context.get('never written')).toBeUndefined();
    expect(context.cells().map(({ key }) => key)).toEqual(['a', 'b']);
    expect(context.hashOf('b')).toBe('hash of b');
    expect(context.hashOf('never written')).toBeUndefined();
  });

  it('gives plain data out frozen and shared', () => {
    const context = contextOf([['rows', [{ n: 1 }]]]);
    const rows = context.get('rows') as { n: number }[];
    expect(context.get('rows')).toBe(rows);
    expect(() => rows.push({ n: 2 })).toThrow(TypeError);
    expect(() => Object.assign(rows[0] as object, { n: 9 })).toThrow(TypeError);
  });

  it('gives what cannot be frozen out as a copy for each reader', () => {
    const context = contextOf([
      ['when', new Date(0)],
      ['seen', { by: new Map([['a', new Set([1])]]) }],
      ['bytes', Buffer.from('abc')],
    ]);
    (context.get('when') as Date).setTime(9);
    (context.get('seen') as { by: Map<string, Set<number>> }).by.get('a')?.add(2);
    (context.get('bytes') as Buffer)[0] = 0;
    expect(context.get('when')).toEqual(new Date(0));
    expect(context.get('seen')).toEqual({ by: new Map([['a', new Set([1])]]) });
    expect(context.get('bytes')).toEqual(Buffer.from('abc'));
  });

  it('shows awkward keys in one object like all others', () => {
    const context = contextOf(AWKWARD.map((key) => [key, { key }]));
    const all = context.toObject();
    expect(Object.keys(all).sort()).toEqual([...AWKWARD].sort());
    for (const key of AWKWARD) expect(all[key]).toEqual({ key });
    expect(Object.isFrozen(all)).toBe(true);
    expect(Reflect.getPrototypeOf(all)).toBeNull();
  });
});
