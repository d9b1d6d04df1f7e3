import { runInNewContext } from 'node:vm';
import { describe, expect, test } from '@jest/globals';
import {
  MAX_DEPTH,
  MAX_HOLES,
  type SealedValue,
  sealValue,
  type UnstorableValue,
} from './index.ts';
import { findDifference } from './testing-local/find-difference.ts';

function seal(input: unknown): SealedValue {
  const sealed = sealValue(input);
  if (!sealed.ok) throw new TypeError(sealed.problem.message);
  return sealed.value;
}

function refusalOf(input: unknown, path?: string): UnstorableValue {
  const sealed = sealValue(input, path);
  if (sealed.ok) throw new TypeError('it was not refused');
  return sealed.problem;
}

/** `reason at path` */
function refused(input: unknown, path = 'x'): string {
  const sealed = sealValue(input, path);
  return sealed.ok ? 'not refused' : `${sealed.problem.reason} at ${sealed.problem.path}`;
}

function nest(levels: number, wrap: (inner: unknown) => unknown): unknown {
  let value: unknown = 1;
  for (let level = 0; level < levels; level++) value = wrap(value);
  return value;
}

/** An array of at least three elements, all left out but these. */
function holey(elements: Readonly<Record<number, unknown>>): unknown[] {
  const array: unknown[] = [];
  array.length = 3;
  for (const [index, element] of Object.entries(elements)) array[Number(index)] = element;
  return array;
}

class Floats extends Float64Array<ArrayBuffer> {}

class Table extends DataView<ArrayBuffer> {}

class Account {
  owner = 'me';
}

describe('sealValue refuses, with the exact path,', () => {
  test('functions, wherever they are', () => {
    const run = (): void => {};
    expect(refused(run)).toBe('function at x');
    expect(refused([{ a: 1 }, { run }], 'scores')).toBe('function at scores[1].run');
    expect(refused({ 'odd name': { 1: [run] } })).toBe('function at x["odd name"]["1"][0]');
    expect(refused({ x: new Map([['a', run]]) }.x)).toBe('function at map key "a" of x');
    expect(refused(new Map([['a', { run }]]))).toBe('function at run of map key "a" of x');
    expect(refused({ y: new Map([[7n, [[run]]]]) })).toBe(
      'function at [0][0] of map key 7n of x.y',
    );
    expect(refused(new Map([[{}, run]]))).toBe('function at map entry 0 of x');
    expect(refused(new Map([[{ run }, 1]]))).toBe('function at run of the key of map entry 0 of x');
    expect(refused({ y: new Set([1, { run }]) })).toBe('function at run of set member 1 of x.y');
    expect(refused(holey({ 1: run }))).toBe('function at x[1]');
    expect(refused(Object.fromEntries([['then', run]]))).toBe('function at x.then');
    expect(refused({ toJSON: run })).toBe('function at x.toJSON');
  });

  test('symbols, symbol keys, getters and hidden properties', () => {
    expect(refused({ a: Symbol('s') })).toBe('symbol at x.a');
    expect(refused({ a: { [Symbol('s')]: 1 } })).toBe('symbol-key at x.a');
    expect(
      refused({
        a: {
          get b() {
            return 1;
          },
        },
      }),
    ).toBe('accessor at x.a.b');
    expect(refused({ a: Object.defineProperty({}, 'b', { value: 1 }) })).toBe(
      'hidden-property at x.a.b',
    );
    const keyed: unknown[] = [1];
    Reflect.set(keyed, Symbol('s'), 1);
    expect(refused({ keyed })).toBe('extra-property at x.keyed');
  });

  test('properties beside the elements or the content', () => {
    expect(refused({ a: Object.assign([1, 2], { mean: 1.5 }) })).toBe('extra-property at x.a');
    expect(refused([Object.assign(holey({ 1: 2 }), { mean: 1.5 })])).toBe('extra-property at x[0]');
    for (const name of ['01', '-1', '1.5', '4294967295', '1e3', '']) {
      expect(refused(Object.assign(holey({ 1: 2 }), { [name]: 1 }))).toBe('extra-property at x');
    }
    const many = Object.assign(new Array(1000).fill(0), { mean: 0 });
    expect(refused({ many })).toBe('extra-property at x.many');
    expect(refused({ a: 'ab'.match(/b/) })).toBe('extra-property at x.a');
    expect(refused({ a: Object.assign(new Date(), { zone: 'UTC' }) })).toBe(
      'extra-property at x.a',
    );
    expect(refused({ a: Object.assign(new Map(), { name: 'm' }) })).toBe('extra-property at x.a');
    expect(refused({ a: Object.assign(new Set(), { name: 's' }) })).toBe('extra-property at x.a');
    expect(refused({ a: Object.assign(new Uint8Array(3), { unit: 's' }) })).toBe(
      'extra-property at x.a',
    );
    expect(refused({ a: Object.assign(new Float64Array(3000), { unit: 's' }) })).toBe(
      'extra-property at x.a',
    );
    expect(refused({ a: Object.assign(new ArrayBuffer(3), { unit: 's' }) })).toBe(
      'extra-property at x.a',
    );
    expect(refused({ a: Object.assign(Buffer.alloc(3000), { unit: 's' }) })).toBe(
      'extra-property at x.a',
    );
  });

  test('instances of classes, derived built-in classes and foreign built-ins', () => {
    expect(refused({ a: new Account() })).toBe('class-instance at x.a');
    expect(refusalOf({ a: new Account() }).message).toContain(
      'value.a is an instance of class Account',
    );
    expect(refused({ a: Object.create({ b: 1 }) })).toBe('class-instance at x.a');
    expect(refused({ a: new (class extends Array {})() })).toBe('class-instance at x.a');
    expect(refused({ a: new (class extends Map {})() })).toBe('class-instance at x.a');
    expect(refused({ a: new (class extends Set {})() })).toBe('class-instance at x.a');
    expect(refused({ a: new (class extends Date {})() })).toBe('class-instance at x.a');
    expect(refused({ a: new Floats(new ArrayBuffer(8)) })).toBe('class-instance at x.a');
    expect(refused({ a: new Table(new ArrayBuffer(2)) })).toBe('class-instance at x.a');
    expect(refused({ a: [1].values() })).toBe('class-instance at x.a');
    expect(refused({ a: new URLSearchParams('b=1') })).toBe('class-instance at x.a');
    expect(refused({ a: new AbortController().signal })).toBe('class-instance at x.a');
    expect(refused({ a: new Proxy(new Map(), {}) })).toBe('class-instance at x.a');
  });

  test('built-in objects that would lose something, each with its own help', () => {
    expect(refused({ a: Promise.resolve(1) })).toBe('promise at x.a');
    expect(refused({ a: new RangeError('far') })).toBe('error at x.a');
    expect(refused({ a: new (class Lost extends Error {})() })).toBe('error at x.a');
    expect(refused({ a: /b/g })).toBe('regular-expression at x.a');
    expect(refused({ a: new URL('https://example.org') })).toBe('url at x.a');
    expect(refused({ a: new WeakMap() })).toBe('weak-reference at x.a');
    expect(refused({ a: new WeakSet() })).toBe('weak-reference at x.a');
    expect(refused({ a: new WeakRef({}) })).toBe('weak-reference at x.a');
    for (const primitive of [1, 'a', true, 1n]) {
      expect(refused({ a: Object(primitive) })).toBe('boxed-primitive at x.a');
    }
    expect(refused({ a: Object(Symbol('s')) })).toBe('boxed-primitive at x.a');
    expect(refusalOf(Promise.resolve(1))).toEqual({
      reason: 'promise',
      path: 'value',
      message: 'value is a promise; a value that is stored must be plain data',
      help: 'Await it before returning.',
    });
  });

  test('memory that others can change or take away', () => {
    const shared = new SharedArrayBuffer(8);
    expect(refused({ a: shared })).toBe('shared-memory at x.a');
    expect(refused({ a: new Int32Array(shared) })).toBe('shared-memory at x.a');
    expect(refused({ a: Buffer.from(shared) })).toBe('shared-memory at x.a');
    expect(refused({ a: new DataView(shared) })).toBe('shared-memory at x.a');
    const gone = [
      new Uint8Array(8),
      new DataView(new ArrayBuffer(8)),
      new ArrayBuffer(8),
      Buffer.from(new ArrayBuffer(8)),
    ];
    for (const value of gone) {
      const buffer = value instanceof ArrayBuffer ? value : value.buffer;
      structuredClone(buffer, { transfer: [buffer as ArrayBuffer] });
      expect(refused({ a: value })).toBe('detached-buffer at x.a');
      expect(refused(value)).toBe('detached-buffer at x');
    }
    const resizable = new ArrayBuffer(8, { maxByteLength: 16 });
    expect(refused({ a: resizable })).toBe('resizable-buffer at x.a');
    expect(refused({ a: new Uint8Array(resizable) })).toBe('resizable-buffer at x.a');
  });

  test('two views that show the same bytes, but not two parts of one buffer', () => {
    const all = new Float64Array([1, 2, 3, 4]);
    const parts = { low: all.subarray(0, 2), high: all.subarray(2), none: all.subarray(1, 1) };
    expect(findDifference({ ...parts }, seal(parts).value)).toBeUndefined();
    expect(refused({ all, high: all.subarray(2) })).toBe('overlapping-views at x.high');
    expect(refused({ high: all.subarray(2), all })).toBe('overlapping-views at x.all');
    expect(
      refused([all.subarray(0, 1), all.subarray(3), all.subarray(1, 3), all.subarray(2, 3)]),
    ).toBe('overlapping-views at x[3]');
    expect(refused({ all, buffer: all.buffer })).toBe('overlapping-views at x.buffer');
    expect(refused([new Uint8Array(all.buffer), new DataView(all.buffer)])).toBe(
      'overlapping-views at x[1]',
    );
    const bytes = new Uint8Array(3);
    const low = bytes.subarray(0, 1);
    expect(refused([low, bytes.subarray(1, 2), bytes.subarray(0, 1)])).toBe(
      'overlapping-views at x[2]',
    );
    expect(refused([low, low])).toBe('not refused');
    // Small Buffers lie in one pool of Node.
    const pooled = { a: Buffer.from('one'), b: Buffer.from('two') };
    expect(findDifference(pooled, seal(pooled).value)).toBeUndefined();
  });

  test('arrays that claim far more elements than they have, at once', () => {
    const huge: unknown[] = [];
    huge[4_294_967_294] = 1;
    expect(refused({ huge })).toBe('too-many-holes at x.huge');
    const allowed: unknown[] = [];
    allowed[MAX_HOLES] = 1;
    expect(findDifference(allowed, seal(allowed).value)).toBeUndefined();
    allowed.length = MAX_HOLES + 2;
    expect(refused(allowed)).toBe('too-many-holes at x');
    const many = Array.from({ length: 2000 }, () => holey({ 900000: 1 }));
    expect(seal(many).kind).toBe('rich');
  });

  test.each([
    ['arrays', (inner: unknown) => [inner]],
    ['objects', (inner: unknown) => ({ inner })],
    ['Maps', (inner: unknown) => new Map([[inner, 1]])],
    ['Sets', (inner: unknown) => new Set([inner])],
    ['holes', (inner: unknown) => holey({ 1: inner })],
  ])('%s that are nested too deep, with a shortened path', (_name, wrap) => {
    expect(seal(nest(MAX_DEPTH, wrap)).value).toBeDefined();
    expect(refusalOf(nest(MAX_DEPTH + 1, wrap)).reason).toBe('too-deep');
    const { path } = refusalOf(nest(100_000, wrap));
    expect(path).toContain('…986 levels…');
    expect(path.length).toBeLessThan(400);
  });

  test('what throws while it is read', () => {
    const { proxy, revoke } = Proxy.revocable({}, {});
    revoke();
    expect(refused({ a: proxy })).toBe('unreadable at x');
    const throwing = new Proxy(
      { a: 1 },
      {
        ownKeys: () => {
          throw new RangeError('no keys today');
        },
      },
    );
    expect(refusalOf([throwing]).message).toContain('RangeError: no keys today');
    const vanishing = new Proxy({ a: 1 }, { getOwnPropertyDescriptor: () => undefined });
    expect(refused({ b: vanishing })).toBe('unreadable at x.b.a');
  });

  test('the names __proto__ and constructor only for what they hold', () => {
    const input = JSON.parse(
      '{"__proto__":{"polluted":1},"constructor":{"prototype":2},"then":3,"toString":4}',
    );
    const { value, kind } = seal(input);
    expect(kind).toBe('json');
    expect(findDifference(input, value)).toBeUndefined();
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
    expect(Reflect.get({}, 'polluted')).toBeUndefined();
    const faulty = Object.defineProperty({}, '__proto__', { value: [() => {}], enumerable: true });
    expect(refused(faulty)).toBe('function at x.__proto__[0]');
  });
});

describe('sealValue', () => {
  test('tells how a value is stored and whether it can be frozen', () => {
    const kinds = (input: unknown): [string, boolean] => [seal(input).kind, seal(input).exotic];
    expect(kinds({ a: [1, 'b', null, true, { c: [] }] })).toEqual(['json', false]);
    for (const rich of [undefined, NaN, Infinity, -0, 1n, holey({}), { a: undefined }]) {
      expect(kinds(rich)).toEqual(['rich', false]);
    }
    const shared = { a: 1 };
    expect(kinds([shared, shared])).toEqual(['rich', false]);
    expect(kinds([shared, { ...shared }])).toEqual(['json', false]);
    for (const exotic of [
      new Map(),
      new Set(),
      new Date(),
      { a: Buffer.alloc(1) },
      [new ArrayBuffer(1)],
    ]) {
      expect(kinds(exotic)).toEqual(['rich', true]);
    }
    for (const bytes of [
      Buffer.alloc(1),
      new Float64Array(1),
      new DataView(new ArrayBuffer(1)),
      new ArrayBuffer(1),
    ]) {
      expect(kinds(bytes)).toEqual(['bytes', true]);
    }
  });

  test('makes a plain object of one without prototype or of another realm', () => {
    const input = runInNewContext(
      '({ list: [1, { d: new Date(5) }], bare: Object.create(null), map: new Map([[1, new Uint8Array(2)]]) })',
    );
    const { value } = seal(input);
    expect(findDifference(input, value)).toBeUndefined();
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
    expect(Object.getPrototypeOf(Reflect.get(Object(value), 'bare'))).toBe(Object.prototype);
    expect(Reflect.get(Object(value), 'map')).toBeInstanceOf(Map);
    expect(refused(runInNewContext('({ a: new (class Foreign {})() })'))).toBe(
      'class-instance at x.a',
    );
  });

  test('keeps of a view the bytes it shows and no others', () => {
    const view = new Uint8Array([1, 2, 3, 4]).subarray(1, 3);
    const sealed = seal(view).value as Uint8Array;
    expect([...sealed]).toEqual([2, 3]);
    expect(sealed.buffer.byteLength).toBe(2);
    const buffer = seal(Buffer.from('ab')).value as Buffer;
    expect(Buffer.isBuffer(buffer)).toBe(true);
    expect(buffer.buffer.byteLength).toBe(2);
  });

  test('keeps the bits of every NaN', () => {
    const bits = new BigUint64Array([0x7ff8_dead_beef_0001n]);
    const sealed = seal([new Float64Array(bits.buffer)]).value as [Float64Array];
    expect(new BigUint64Array(sealed[0].buffer)).toEqual(bits);
  });

  test('takes frozen objects and well-behaved proxies', () => {
    expect(seal(Object.freeze({ a: Object.freeze([1]) })).value).toEqual({ a: [1] });
    const proxied = new Proxy({ a: new Proxy(new Array(100).fill(1), {}) }, {});
    expect(seal(proxied).value).toEqual({ a: new Array(100).fill(1) });
    // Like an immer draft, whose target is not the array that it shows.
    const shown = new Array(100).fill(1);
    const draft = new Proxy([], {
      get: (_target, name) => Reflect.get(shown, name),
      ownKeys: () => Reflect.ownKeys(shown),
      getOwnPropertyDescriptor: (target, name) =>
        Reflect.getOwnPropertyDescriptor(name === 'length' ? target : shown, name),
    });
    expect(seal(draft).value).toEqual(shown);
  });
});
