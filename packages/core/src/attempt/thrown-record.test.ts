import { runInNewContext } from 'node:vm';
import { describe, expect, it } from '@jest/globals';
import { toThrownRecord } from './thrown-record.ts';

const hostile = new Proxy(
  {},
  {
    get() {
      throw new RangeError('get');
    },
    getPrototypeOf() {
      throw new RangeError('getPrototypeOf');
    },
    ownKeys() {
      throw new RangeError('ownKeys');
    },
  },
);

describe('toThrownRecord', () => {
  it('keeps name, message, code, stack and causes of an error', () => {
    const cause = Object.assign(new RangeError('inner'), { code: 'EINNER' });
    const record = toThrownRecord(new TypeError('outer', { cause }));
    expect(record).toMatchObject({
      name: 'TypeError',
      message: 'outer',
      cause: { name: 'RangeError', message: 'inner', code: 'EINNER' },
    });
    expect(record.stack).toContain('thrown-record.test');
  });

  it('knows errors of another realm', () => {
    expect(toThrownRecord(runInNewContext('new RangeError("far")'))).toMatchObject({
      name: 'RangeError',
      message: 'far',
    });
  });

  it.each([
    ['a string', 'boom', 'boom'],
    ['undefined', undefined, 'undefined'],
    ['null', null, 'null'],
    ['a symbol', Symbol('s'), 'Symbol(s)'],
    ['a bigint', 5n, '5n'],
    ['a frozen object', Object.freeze({ a: 1 }), '{ a: 1 }'],
    ['an object without prototype', Object.create(null), '[Object: null prototype] {}'],
  ])('prints %s, which is no error', (_name, thrown, message) => {
    expect(toThrownRecord(thrown)).toEqual({ name: 'NonError', message });
  });

  it('survives what cannot be looked at', () => {
    expect(toThrownRecord(hostile).name).toBe('NonError');
    const getters = {
      get message(): string {
        throw new RangeError('getter');
      },
    };
    expect(toThrownRecord(getters)).toMatchObject({ name: 'NonError' });
  });

  it('loses only the property whose getter throws', () => {
    const error = new RangeError('kept');
    for (const property of ['stack', 'cause', 'code']) {
      Object.defineProperty(error, property, {
        get() {
          throw new RangeError('getter');
        },
      });
    }
    expect(toThrownRecord(error)).toEqual({ name: 'RangeError', message: 'kept' });
  });

  it('cuts what is endless: long texts and circles of causes', () => {
    const circle = new RangeError('x'.repeat(10_000));
    circle.cause = circle;
    const record = toThrownRecord(circle);
    expect(record.message).toHaveLength(2000);
    let depth = 0;
    for (let at = record.cause; at !== undefined; at = at.cause) depth++;
    expect(depth).toBe(5);
  });
});
