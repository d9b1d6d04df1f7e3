import { describe, expect, it } from '@jest/globals';
import { describeValue } from './describe-value.ts';

class Point {
  x = 1;
  y = 'two';
}

describe('describeValue', () => {
  it.each([
    [undefined, 'nothing'],
    [null, 'null'],
    [5, '5'],
    [-0, '-0'],
    [Number.NaN, 'NaN'],
    [5n, '5n'],
    [true, 'true'],
    ['a "b"\n', '"a \\"b\\"\\n"'],
    [Symbol('s'), 'Symbol(s)'],
    [{}, '{}'],
    [[], '[]'],
    [
      { a: 1, 'b c': "it's", d: [1, [2]], e: { f: { g: 1 } } },
      `{ a: 1, 'b c': 'it's', d: [ 1, [Array] ], e: { f: [Object] } }`,
    ],
    [[1, 2, 3, 4, 5, 6, 7], '[ 1, 2, 3, 4, 5, ... 2 more ]'],
    [Object.assign(new Array(2), { 1: undefined }), '[ <hole>, undefined ]'],
    [new Point(), "Point { x: 1, y: 'two' }"],
    [Object.assign(Object.create(null), { a: 1 }), '{ a: 1 }'],
    [new Date(0), '1970-01-01T00:00:00.000Z'],
    [new Date(Number.NaN), 'Invalid Date'],
    [new Map([[1, 2]]), 'Map(1)'],
    [new Set([1, 2]), 'Set(2)'],
    [new Float64Array(3), 'Float64Array(3)'],
    [new RangeError('too far'), '[RangeError: too far]'],
    [Point, '[Function Point]'],
    [() => 1, '[Function]'],
    [JSON.parse('{"__proto__":1}'), '{ __proto__: 1 }'],
  ])('says %p as %s', (value, text) => {
    expect(describeValue(value)).toBe(text);
  });

  it('stays short and on one line, whatever it is given', () => {
    const round: Record<string, unknown> = { name: 'round' };
    round.self = round;
    const values = [
      'x'.repeat(1e7),
      { [`${'k'.repeat(1e6)}\n`]: 'v\nw' },
      Array.from({ length: 1e6 }, (_, at) => at),
      new Error(`first\nsecond ${'x'.repeat(1e6)}`),
      round,
    ];
    for (const value of values) {
      const text = describeValue(value);
      expect(text.length).toBeLessThanOrEqual(80);
      expect(text).not.toMatch(/[\r\n]/);
    }
    expect(describeValue('x'.repeat(100))).toBe(`"${'x'.repeat(76)}...`);
    expect(describeValue('x'.repeat(78))).toBe(`"${'x'.repeat(78)}"`);
  });

  it('never runs code of the value', () => {
    let ran = 0;
    const run = (): never => {
      ran++;
      throw new Error('ran');
    };
    const trap = { get: run };
    const handler = {
      get: run,
      has: run,
      ownKeys: run,
      getPrototypeOf: run,
      getOwnPropertyDescriptor: run,
      apply: run,
    };
    class Hostile {
      static get [Symbol.hasInstance](): never {
        return run();
      }
      get [Symbol.toStringTag](): never {
        return run();
      }
      toString(): never {
        return run();
      }
      [Symbol.toPrimitive](): never {
        return run();
      }
      [Symbol.for('nodejs.util.inspect.custom')](): never {
        return run();
      }
    }
    Object.defineProperty(Hostile, 'name', trap);
    class OddMap extends Map {
      override get size(): never {
        return run();
      }
      override [Symbol.iterator](): never {
        return run();
      }
    }
    const odd = (base: object, ...names: PropertyKey[]): object => {
      for (const name of names) Object.defineProperty(base, name, { ...trap, enumerable: true });
      return base;
    };
    const revoked = Proxy.revocable({}, {});
    revoked.revoke();
    const values = [
      new Hostile(),
      { inside: new Hostile() },
      new Proxy({ a: 1 }, handler),
      [new Proxy(describeValue, handler)],
      Object.setPrototypeOf({}, new Proxy({}, handler)),
      new Proxy(Point, handler),
      revoked.proxy,
      new OddMap(),
      odd(new Error('x'), 'message', 'stack', 'name'),
      odd(() => 1, 'name', 'toString'),
      odd([1], 0),
      odd({}, 'a', 'constructor', Symbol.toStringTag, 'toJSON', 'then'),
      odd(new Date(0), 'getTime', 'toISOString', 'constructor'),
      odd(new Uint8Array(1), 'length', 'constructor'),
    ];
    for (const value of values) expect(typeof describeValue(value)).toBe('string');
    expect(ran).toBe(0);
  });
});
