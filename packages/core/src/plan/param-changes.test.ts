import { describe, expect, it } from '@jest/globals';
import { formatPath } from '../base/schema-issues.ts';
import { paramChanges } from './param-changes.ts';

const BEFORE = { mode: 'full', model: { depth: 3, tune: { rate: 1 } }, list: [{ p: 1, q: 2 }] };

/** Paths of the changes that matter to a stage that read some of the params. */
function changed(after: unknown, read?: readonly string[], before: unknown = BEFORE): string[] {
  return paramChanges(before, after, read).map(({ path }) => formatPath(path));
}

describe('paramChanges', () => {
  it('tells the deepest places at which plain objects differ, and lists as a whole', () => {
    const after = { mode: 'quick', model: { depth: 3, tune: { rate: 2 } }, list: [{ p: 1, q: 3 }] };
    expect(changed(after)).toEqual(['mode', 'model.tune.rate', 'list']);
  });

  it.each<[string, readonly string[], string[]]>([
    ['nothing', [], []],
    ['another part', ['model', 'model.depth'], []],
    ['the object around it only', ['model', 'model.tune'], []],
    ['the part itself', ['model', 'model.tune', 'model.tune.rate'], ['model.tune.rate']],
  ])('leaves out what a stage that read %s never saw', (_what, read, expected) => {
    const after = { ...BEFORE, model: { depth: 3, tune: { rate: 2 } } };
    expect(changed(after, read)).toEqual(expected);
  });

  it('holds what came, went or became an object against a stage that could have listed it', () => {
    const after = { mode: { of: 1 }, model: { tune: { rate: 1, more: 1 } }, list: BEFORE.list };
    expect(changed(after, [])).toEqual(['mode']);
    expect(changed(after, ['model'])).toEqual(['mode', 'model.depth']);
    expect(changed(after, ['model', 'model.tune'])).toEqual([
      'mode',
      'model.depth',
      'model.tune.more',
    ]);
  });

  it('takes another order of keys for a change where the object was read, and of the params for none', () => {
    const { model, mode, list } = BEFORE;
    const turned = { list, mode, model: { tune: model.tune, depth: 3 } };
    expect(changed(turned)).toEqual(['model']);
    expect(changed(turned, ['model'])).toEqual(['model']);
    expect(changed(turned, ['mode'])).toEqual([]);
    expect(changed({ list, model, mode })).toEqual([]);
    expect(changed({ mode, model, list: [{ q: 2, p: 1 }] }, ['list'])).toEqual(['list']);
  });

  it('tells which keys moved, and not those that came between', () => {
    const [moved] = paramChanges({ of: { a: 1, b: 2 } }, { of: { b: 2, a: 1 } }, undefined);
    expect(moved).toEqual({ path: ['of'], before: ['a', 'b'], after: ['b', 'a'] });
    expect(changed({ of: { a: 1, x: 0, b: 2 } }, undefined, { of: { a: 1, b: 2 } })).toEqual([
      'of.x',
    ]);
  });

  it.each<[string, unknown, unknown, boolean]>([
    ['two zeros', 0, -0, true],
    ['NaN twice', Number.NaN, Number.NaN, false],
    ['a number and its text', 1, '1', true],
    ['equal dates', new Date(5), new Date(5), false],
    ['other dates', new Date(5), new Date(6), true],
    ['equal maps', new Map([[1, 2]]), new Map([[1, 2]]), false],
    ['null and what is not there', null, undefined, true],
    ['a list and an object', [1], { 0: 1 }, true],
  ])('compares %s as the store would', (_what, before, after, isChange) => {
    expect(changed({ x: after }, ['x'], { x: before })).toEqual(isChange ? ['x'] : []);
  });

  it('compares params that are no object as a whole, and none as an empty one', () => {
    expect(changed([1, 2], undefined, [1])).toEqual(['']);
    expect(changed([1], undefined, [1])).toEqual([]);
    expect(changed({ x: 1 }, [], null)).toEqual(['x']);
    expect(changed(null, [], { x: 1 })).toEqual(['x']);
  });

  it('takes keys that are names of objects or hold dots for what they are', () => {
    const before = JSON.parse('{"__proto__":1,"a.b":{"constructor":1},"a":{"b":1}}');
    const after = JSON.parse('{"__proto__":2,"a.b":{"constructor":2},"a":{"b":1}}');
    expect(changed(after, ['__proto__', '["a.b"]', '["a.b"].constructor'], before)).toEqual([
      '__proto__',
      '["a.b"].constructor',
    ]);
    expect(changed(after, ['a', 'a.b', 'a.b.constructor'], before)).toEqual([]);
  });
});
