import { describe, expect, it } from '@jest/globals';
import { createRedactor } from './redactor.ts';

const SECRET = 'hunter2-hunter2';
const redactor = createRedactor([SECRET]);
const copy = (value: unknown): unknown =>
  JSON.parse(JSON.stringify(redactor.data(value)) ?? 'null');

describe('redactor.data', () => {
  it('finds secrets deep in values, keys, collections and numbers', () => {
    const value = {
      list: [`a ${SECRET}`, { [`key ${SECRET}`]: 1 }],
      map: new Map<unknown, unknown>([
        [SECRET, SECRET],
        [1, 2],
      ]),
      set: new Set([SECRET, 3]),
      url: new URL(`https://ann:unknown@a.org/?q=${SECRET}`),
      params: new URLSearchParams({ q: SECRET }),
      headers: new Headers({ authorization: 'Basic abc', accept: SECRET }),
      symbol: Symbol(SECRET),
    };
    const shown = copy(value);
    expect(JSON.stringify(shown)).not.toContain('hunter2');
    expect(shown).toEqual({
      list: ['a [secret]', { 'key [secret]': 1 }],
      map: { '[secret]': '[secret]', 1: 2 },
      set: ['[secret]', 3],
      url: 'https://ann:[secret]@a.org/?q=[secret]',
      params: { q: '[secret]' },
      headers: { accept: '[secret]', authorization: '[secret]' },
      symbol: 'Symbol([secret])',
    });
    expect(createRedactor(['4711']).data({ a: 4711, b: 4711n, c: 47 })).toEqual({
      a: '[secret]',
      b: '[secret]',
      c: 47,
    });
  });

  it('masks what stands under a telling name, but not whether it is set', () => {
    const shown = copy({
      password: 'a',
      DB_PASSWORD: 'a',
      accessToken: { value: 'a' },
      'x-api-key': 1,
      Authorization: ['a'],
      clientSecret: '',
      token: null,
      secret: true,
      nested: [{ apiKey: 'a' }],
      map: new Map([['passwd', 'a']]),
      tokens: 5,
      tokenCount: 5,
      monkey: 'a',
      author: 'a',
    });
    expect(shown).toEqual({
      password: '[secret]',
      DB_PASSWORD: '[secret]',
      accessToken: '[secret]',
      'x-api-key': '[secret]',
      Authorization: '[secret]',
      clientSecret: '[secret]',
      token: null,
      secret: true,
      nested: [{ apiKey: '[secret]' }],
      map: { passwd: '[secret]' },
      tokens: 5,
      tokenCount: 5,
      monkey: 'a',
      author: 'a',
    });
  });

  it('keeps two keys that look the same once they are redacted', () => {
    const both = createRedactor(['aaaa', 'bbbb']).data({ aaaa: 1, bbbb: 2 });
    expect(both).toEqual({ '[secret]': 1, '[secret] (2)': 2 });
  });

  it('shows errors with their code, fields, stack and causes', () => {
    const cause = Object.assign(new RangeError(`low ${SECRET}`), { code: 'E_LOW' });
    const error = Object.assign(new TypeError(`bad ${SECRET}`, { cause }), {
      path: SECRET,
      token: 'x',
    });
    const shown = copy(error);
    expect(shown).toMatchObject({
      name: 'TypeError',
      message: 'bad [secret]',
      path: '[secret]',
      token: '[secret]',
      stack: expect.stringMatching(/^TypeError: bad \[secret\]\n {4}at /),
      cause: { name: 'RangeError', message: 'low [secret]', code: 'E_LOW' },
    });
    expect(JSON.stringify(shown)).not.toContain('hunter2');
    expect(copy(new AggregateError([new Error('one')], 'all'))).toMatchObject({
      errors: [{ message: 'one' }],
    });
  });

  it('survives cycles, also among causes and in collections', () => {
    const error = new Error('a');
    error.cause = error;
    const list: unknown[] = [error];
    const map = new Map<string, unknown>([['list', list]]);
    list.push(map);
    expect(copy(list)).toMatchObject([{ cause: '[circular]' }, { list: '[circular]' }]);
    const shared = { a: 1 };
    expect(copy([shared, shared])).toEqual([{ a: 1 }, { a: 1 }]);
  });

  it('survives getters, proxies and methods that throw', () => {
    const fail = (): never => {
      throw new RangeError(SECRET);
    };
    const getter = Object.defineProperty({ fine: 1 }, 'bad', { enumerable: true, get: fail });
    const proxy = new Proxy({}, { ownKeys: fail, get: fail, getPrototypeOf: fail });
    const error = Object.defineProperty(new Error('x'), 'message', { get: fail });
    const revoked = Proxy.revocable({}, {});
    revoked.revoke();
    expect(
      copy({ getter, proxy, json: { toJSON: fail }, error, gone: revoked.proxy }),
    ).toMatchObject({
      getter: { fine: 1, bad: '[unreadable]' },
      proxy: '[unreadable]',
      json: '[unreadable]',
      error: { name: 'Error', message: '[unreadable]' },
      gone: '[unreadable]',
    });
  });

  it('bounds depth, number and length', () => {
    let deep: unknown = 'end';
    for (let depth = 0; depth < 100_000; depth++) deep = [deep];
    expect(JSON.stringify(copy(deep))).toContain('[too deep]');
    const sparse: unknown[] = [];
    sparse.length = 2 ** 32 - 1;
    const sizes = [
      Array.from({ length: 100_000 }, (_, index) => index),
      sparse,
      new Set(Array.from({ length: 100_000 }, (_, index) => index)),
      Object.fromEntries(Array.from({ length: 100_000 }, (_, index) => [`k${index}`, index])),
      'x'.repeat(10_000_000),
      Array.from({ length: 100 }, () => 'x'.repeat(10_000)),
      { ['k'.repeat(1_000_000)]: 1 },
    ].map((value) => JSON.stringify(copy(value)).length);
    for (const size of sizes) expect(size).toBeLessThan(140_000);
    expect(copy(sizes.concat(sizes))).toHaveLength(14);
    expect(createRedactor([], { values: 3 }).data([1, 2, 3, 4])).toEqual([1, 2, '[2 more]']);
  });

  it('makes one value of what JSON would lose or refuse', () => {
    expect(
      copy({
        date: new Date(0),
        never: new Date(Number.NaN),
        big: 12n,
        nan: Number.NaN,
        infinite: Number.NEGATIVE_INFINITY,
        bytes: Buffer.from('secret bytes'),
        prices: new Float64Array(100),
        pattern: /a+/g,
        act: () => 1,
        promise: Promise.resolve(1),
        json: { toJSON: () => ({ a: 1 }) },
        self: {
          a: 1,
          toJSON() {
            return this;
          },
        },
      }),
    ).toEqual({
      date: '1970-01-01T00:00:00.000Z',
      never: 'Invalid Date',
      big: '12',
      nan: 'NaN',
      infinite: '-Infinity',
      bytes: '[Uint8Array of 12]',
      prices: '[Float64Array of 100]',
      pattern: '/a+/g',
      act: '[function]',
      promise: '[Promise]',
      json: { a: 1 },
      self: { a: 1, toJSON: '[function]' },
    });
  });

  it('treats __proto__ and constructor as ordinary keys', () => {
    const value = JSON.parse('{"__proto__":{"polluted":1},"constructor":2,"toString":3}');
    expect(JSON.stringify(redactor.record(value))).toBe(
      '{"__proto__":{"polluted":1},"constructor":2,"toString":3}',
    );
    expect({}).not.toHaveProperty('polluted');
  });
});
