import { inspect } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import { sealValue } from '../base/codec/index.ts';
import { type Cell, PipelineContext } from '../context/index.ts';
import { type AttemptReads, ReadLog } from './read-log.ts';

/** Params of which only the test knows the shape, typed as loosely as parsed JSON. */
type Params = ReturnType<typeof JSON.parse>;

/** What was noted while something was done with the params. */
function readsOf(params: unknown, use: (params: Params) => unknown): AttemptReads['params'] {
  const log = new ReadLog();
  use(log.params(params));
  return log.summary().params;
}

const PARAMS = { a: 1, b: { c: 2, d: { e: 3 } }, list: [{ x: 1 }], 'odd.key': { '0': 1 } };

describe('ReadLog.params', () => {
  it.each<[string, (params: Params) => unknown, string[]]>([
    ['nothing', () => 0, []],
    ['a value', (p) => p.a, ['a']],
    ['an object, and none of its parts', (p) => p.b, ['b']],
    ['a part, with all around it', (p) => p.b.d.e, ['b', 'b.d', 'b.d.e']],
    ['a list as one', (p) => p.list[0].x, ['list']],
    ['odd keys', (p) => p['odd.key']['0'], ['["odd.key"]', '["odd.key"]["0"]']],
    ['the same once', (p) => [p.a, p.a], ['a']],
    ['all of one object', (p) => ({ ...p.b }), ['b', 'b.c', 'b.d']],
    ['what is there only', (p) => [p.z, 'a' in p, Object.keys(p), Object.hasOwn(p, 'a')], []],
    ['everything by JSON', JSON.stringify, ['a', 'b', 'b.c', 'b.d', 'b.d.e', 'list']],
  ])('notes %s', (_what, use, expected) => {
    const { 'odd.key': odd, ...rest } = PARAMS;
    const params =
      expected.includes('list') && expected.length > 1 ? rest : { ...rest, 'odd.key': odd };
    expect(readsOf(params, use)).toEqual(expected);
  });

  it('gives equal values, frozen, the same object each time, of the same prototype', () => {
    const bare = Object.assign(Object.create(null), PARAMS);
    for (const params of [PARAMS, bare]) {
      const tracked = new ReadLog().params(params) as typeof PARAMS;
      expect(structuredClone(tracked)).toEqual(structuredClone(params));
      expect(tracked.b.d).toBe(tracked.b.d);
      expect([Object.isFrozen(tracked), Object.isFrozen(tracked.b)]).toEqual([true, true]);
      expect(Object.getPrototypeOf(tracked)).toBe(Object.getPrototypeOf(params));
    }
  });

  it('gives what is no plain object as it is, and counts it whole', () => {
    for (const params of [[1, 2], new Map(), new Date(0), 'text', null]) {
      const log = new ReadLog();
      expect(log.params(params)).toBe(params);
      expect(log.summary().params).toBeUndefined();
    }
  });

  it('takes names of objects for ordinary keys', () => {
    const params = JSON.parse('{"__proto__":{"constructor":1},"toString":2}');
    expect(readsOf(params, (p) => [Reflect.get(p, '__proto__').constructor, p.toString])).toEqual([
      '__proto__',
      '__proto__.constructor',
      'toString',
    ]);
  });

  it('is printed as it is, which notes nothing', () => {
    let printed = '';
    const reads = readsOf(PARAMS, (p) => {
      printed = inspect([p], { depth: 9 });
    });
    expect([printed, reads]).toEqual([inspect([PARAMS], { depth: 9 }), []]);
  });
});

describe('ReadLog.inputs', () => {
  function contextOf(values: Readonly<Record<string, unknown>>): PipelineContext {
    const cells = new Map<string, Cell>();
    for (const [key, value] of Object.entries(values)) {
      const sealed = sealValue(value, key);
      if (sealed.ok) cells.set(key, { key, sealed: sealed.value, hash: `hash of ${key}` });
    }
    return new PipelineContext({ find: (key) => cells.get(key), keys: () => cells.keys() });
  }

  it('notes that keys were listed, and each key that is read', () => {
    const log = new ReadLog();
    const inputs = log.inputs(contextOf({ b: 1, a: { deep: 1 } }));
    expect(log.summary()).toEqual({ params: [], keys: [], listedKeys: true });
    expect([inputs.a, inputs.nobody, Object.keys(inputs)]).toEqual([
      { deep: 1 },
      undefined,
      ['a', 'b'],
    ]);
    expect(log.summary().keys).toEqual(['a']);
    expect({ ...inputs }).toEqual({ a: { deep: 1 }, b: 1 });
    expect(log.summary().keys).toEqual(['a', 'b']);
  });

  it('are printed with their values, which notes none of them', () => {
    const log = new ReadLog();
    const inputs = log.inputs(contextOf({ a: { deep: 1 }, b: 2 }));
    expect(inspect(inputs)).toBe('[Object: null prototype] { a: { deep: 1 }, b: 2 }');
    expect(log.summary().keys).toEqual([]);
  });

  it('are a copy of their own where they cannot be frozen, the same each time', () => {
    const context = contextOf({ when: new Date(5) });
    const inputs = new ReadLog().inputs(context);
    (inputs.when as Date).setTime(9);
    expect([inputs.when, context.get('when')]).toEqual([new Date(9), new Date(5)]);
  });
});
