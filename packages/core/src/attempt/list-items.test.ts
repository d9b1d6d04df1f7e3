import { describe, expect, it } from '@jest/globals';
import { asStageId } from '../base/ids.ts';
import { DEFAULT_MAP } from '../definition/map-options.ts';
import type { BoundMap } from '../pipeline/index.ts';
import { hashItem, listItems } from './list-items.ts';

const STAGE = asStageId('map');

function mapOf(fields: Partial<BoundMap> = {}): BoundMap {
  return { ...DEFAULT_MAP, over: 'rows', into: 'done', keyOf: undefined, ...fields };
}

function keysOf(held: unknown, fields?: Partial<BoundMap>): readonly string[] | string[] {
  const listed = listItems(STAGE, mapOf(fields), held);
  return listed.ok
    ? listed.value.keys
    : (listed.problem.issues ?? []).map(({ message }) => message);
}

describe('items', () => {
  it.each([
    ['an array', ['a', 'b'], ['a', 'b']],
    ['a Set', new Set([1, 2]), ['1', '2']],
    ['a Map, by its keys', new Map([['x', { y: 1 }]]), ['x']],
    ['a plain object, by its keys', { x: {}, __proto__: null }, ['x']],
    [
      'an object with a key __proto__',
      JSON.parse('{"__proto__": 1, "toString": 2}'),
      ['__proto__', 'toString'],
    ],
    ['nothing', undefined, []],
    [
      'numbers, bigints, booleans and dates',
      [1.5, 7n, true, new Date(0)],
      ['1.5', '7', 'true', '1970-01-01T00:00:00.000Z'],
    ],
  ])('are found in %s', (_, held, keys) => {
    expect(keysOf(held)).toEqual(keys);
  });

  it('are named by a path into them', () => {
    expect(keysOf([{ id: { isin: 'X' } }], { key: 'id.isin' })).toEqual(['X']);
  });

  it('are named by a function of them, which wins over the keys of a Map', () => {
    const keyOf = ({ n }: { n: number }): number => n * 2;
    expect(keysOf(new Map([['x', { n: 4 }]]), { keyOf: keyOf as never })).toEqual(['8']);
  });

  it.each([
    ['null', null],
    ['text', 'abc'],
    ['a number', 5],
    ['a date', new Date(0)],
    ['bytes', new Uint8Array(3)],
  ])('are not found in %s', (_, held) => {
    expect(keysOf(held)[0]).toMatch(
      /^expected an array, a Set, a Map or a plain object of items, got /,
    );
  });
});

describe('a key', () => {
  it('that is inherited counts as missing', () => {
    expect(keysOf([{}], { key: 'toString' })).toEqual([
      'has no text or number at "toString" to tell it by',
    ]);
  });

  it.each([
    ['NaN', Number.NaN],
    ['an object', { a: 1 }],
    ['half a surrogate pair', '\ud800'],
    ['an invalid date', new Date(Number.NaN)],
  ])('cannot be %s', (_, item) => {
    expect(keysOf([item])[0]).toMatch(/which does not name itself/);
  });

  it('that a function does not give, or that it throws for, fails all items at once', () => {
    expect(keysOf([1], { keyOf: () => undefined })).toEqual([
      'has no key: its key function gave no text and no number',
    ]);
    const listed = listItems(
      STAGE,
      mapOf({
        keyOf: () => {
          throw new RangeError('no key');
        },
      }),
      [1],
    );
    expect(listed).toMatchObject({ ok: false, problem: { code: 'STAGE_THREW', phase: 'inputs' } });
  });

  it('of 1 and of "1" is the same', () => {
    expect(keysOf([1, '1'])).toEqual(['has the key "1", as rows[0] has']);
  });

  it('is asked of so many items only as faults are told', () => {
    expect(keysOf(Array.from({ length: 10_000 }, () => 'same'))).toHaveLength(20);
  });
});

describe('the identity of an item', () => {
  it('tells apart what is not the same', () => {
    const items = [
      '1',
      1,
      -0,
      0,
      1n,
      true,
      null,
      undefined,
      [1],
      { a: 1 },
      { a: 2 },
      new Date(1),
      'x'.repeat(99),
    ];
    const hashes = items.map((item) => hashItem(item, 'rows[0]'));
    expect(new Set(hashes).size).toBe(items.length);
    expect(hashes.every((hash) => hash !== '')).toBe(true);
  });

  it('is the same for equal content', () => {
    expect(hashItem({ a: [1, new Date(5)] }, '')).toBe(hashItem({ a: [1, new Date(5)] }, ''));
  });

  it('is none for what cannot be stored', () => {
    expect(hashItem(() => 1, 'rows[0]')).toBe('');
  });
});
