import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  decodeValue,
  encodeValue,
  hashOf,
  type SealedValue,
  sealValue,
  viewValue,
} from './index.ts';
import { findDifference } from './testing-local/find-difference.ts';

const SEED = 20261121;

const codeUnit = fc.integer({ min: 0, max: 0xffff }).map((unit) => String.fromCharCode(unit));
const text = fc.oneof(fc.string(), fc.string({ unit: codeUnit, maxLength: 4 }));
const key = fc.oneof(
  { weight: 3, arbitrary: text },
  {
    weight: 2,
    arbitrary: fc.constantFrom('__proto__', '~__proto__', '~~__proto__', 'then', 'toString'),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      'constructor',
      'toJSON',
      'length',
      '',
      '0',
      '-1',
      '01',
      '4294967295',
    ),
  },
);
const leaf = fc.oneof(
  text,
  fc.boolean(),
  fc.constantFrom<unknown>(null, undefined, -0, 0, NaN, Infinity, -Infinity, 2 ** 53, 5e-324),
  fc.double(),
  fc.bigInt(),
);

/** A part is a leaf or the number of another node, so graphs with cycles and shared nodes come about. */
const part = fc.oneof(
  { weight: 2, arbitrary: leaf.map((value) => ({ value })) },
  { weight: 1, arbitrary: fc.nat(30).map((node) => ({ node })) },
);
type Part = typeof part extends fc.Arbitrary<infer Value> ? Value : never;

const nodeKinds = [
  'plain',
  'plain',
  'array',
  'array',
  'bare',
  'holey',
  'sparse',
  'map',
  'set',
  'date',
  'binary',
] as const;
const node = fc.record({
  kind: fc.constantFrom(...nodeKinds),
  entries: fc.array(fc.tuple(key, part, part), { maxLength: 6 }),
  bytes: fc.uint8Array({ maxLength: 4 }),
  pick: fc.nat(20),
});
type Node = typeof node extends fc.Arbitrary<infer Value> ? Value : never;

/** Only kinds that JSON keeps, and no references, so that the fast path is met as well. */
const plainTree = fc.jsonValue();

const BINARY_MAKERS: readonly ((bytes: Uint8Array) => object)[] = [
  (bytes) => Buffer.from(bytes),
  (bytes) => new Uint8Array(bytes).buffer,
  (bytes) => new DataView(new Uint8Array(bytes).buffer, Math.min(1, bytes.length)),
  (bytes) => new Uint8Array(bytes).subarray(Math.min(1, bytes.length)),
  (bytes) => new Uint8ClampedArray(bytes),
  (bytes) => new Int8Array(bytes),
  (bytes) => new Int16Array(bytes),
  (bytes) => new Uint16Array(bytes),
  (bytes) => new Int32Array(bytes),
  (bytes) => new Uint32Array(bytes),
  (bytes) => new Float32Array(bytes),
  (bytes) =>
    new Float64Array(
      new Uint8Array([...bytes, ...bytes, ...bytes, ...bytes].slice(0, 8)).buffer.slice(
        0,
        bytes.length === 4 ? 8 : 0,
      ),
    ),
  (bytes) => BigInt64Array.from(bytes, BigInt),
  (bytes) => BigUint64Array.from(bytes, BigInt),
];

function createNode({ kind, bytes, pick }: Node): object {
  switch (kind) {
    case 'array':
    case 'holey':
      return [];
    case 'sparse':
      return new Array(pick * 10_000);
    case 'map':
      return new Map();
    case 'set':
      return new Set();
    case 'date':
      return new Date(pick === 0 ? NaN : pick * 1e11);
    case 'binary':
      return BINARY_MAKERS[pick % BINARY_MAKERS.length]?.(bytes) ?? {};
    case 'bare':
      return Object.create(null);
    case 'plain':
      return {};
  }
}

function fillNode(target: object, spec: Node, resolve: (part: Part) => unknown): void {
  for (const [name, first, second] of spec.entries) {
    if (Array.isArray(target)) {
      if (spec.kind === 'array') target.push(resolve(first));
      else target[target.length + name.length] = resolve(first);
    } else if (target instanceof Map) target.set(resolve(first), resolve(second));
    else if (target instanceof Set) target.add(resolve(first));
    else if (spec.kind === 'plain' || spec.kind === 'bare') {
      const property = {
        value: resolve(first),
        enumerable: true,
        configurable: true,
        writable: true,
      };
      Object.defineProperty(target, name, property);
    }
  }
}

function buildGraph(specs: readonly Node[]): unknown {
  const nodes = specs.map(createNode);
  const resolve = (part: Part): unknown =>
    'node' in part ? nodes[part.node % nodes.length] : part.value;
  for (const [index, spec] of specs.entries()) fillNode(nodes[index] ?? {}, spec, resolve);
  return nodes[0];
}

const graph = fc.array(node, { minLength: 1, maxLength: 12 }).map(buildGraph);
const value = fc.oneof(
  { weight: 6, arbitrary: graph },
  { weight: 1, arbitrary: leaf },
  { weight: 2, arbitrary: plainTree },
);

function seal(input: unknown): SealedValue {
  const sealed = sealValue(input);
  if (!sealed.ok) throw new TypeError(sealed.problem.message);
  return sealed.value;
}

function decode(encoded: Parameters<typeof decodeValue>[0]): SealedValue {
  const decoded = decodeValue(encoded);
  if (!decoded.ok) throw new TypeError(decoded.problem.message);
  return decoded.value;
}

/** Every object that can be reached, exotic ones included. */
function reachable(root: unknown, found = new Set<object>()): Set<object> {
  if (typeof root !== 'object' || root === null || found.has(root)) return found;
  found.add(root);
  if (ArrayBuffer.isView(root)) return found;
  const parts =
    root instanceof Map
      ? [...root.keys(), ...root.values()]
      : root instanceof Set
        ? [...root]
        : Object.values(root);
  for (const held of parts) reachable(held, found);
  return found;
}

function isPlainOrArray(object: object): boolean {
  return Array.isArray(object) || Object.prototype.toString.call(object) === '[object Object]';
}

/** Does to everything that is not frozen what a careless stage might do. */
function spoil(root: unknown): void {
  for (const object of reachable(root)) {
    if (object instanceof Map || object instanceof Set) object.clear();
    else if (object instanceof Date) object.setTime(1);
    else if (ArrayBuffer.isView(object)) new Uint8Array(object.buffer).fill(7);
    else if (object instanceof ArrayBuffer) new Uint8Array(object).fill(7);
  }
}

function check(property: (input: unknown) => void, numRuns = 1000): void {
  fc.assert(fc.property(value, property), { seed: SEED, numRuns });
}

describe('a value of any supported kind', () => {
  test('comes back from the store exactly as it was, frozen, with the same hash', () => {
    check((input) => {
      const encoded = encodeValue(seal(input));
      const decoded = decode(encoded);
      expect(findDifference(input, decoded.value)).toBeUndefined();
      expect(hashOf(encodeValue(decoded))).toBe(hashOf(encoded));
      for (const object of reachable(decoded.value)) {
        expect(Object.isFrozen(object)).toBe(isPlainOrArray(object));
      }
    });
  });

  test('survives a store that keeps text as UTF-8', () => {
    check((input) => {
      const encoded = encodeValue(seal(input));
      if (encoded.codec === 'bytes') return;
      const bytes = Buffer.from(encoded.body, 'utf8');
      expect(bytes.byteLength).toBe(encoded.byteLength);
      expect(bytes.toString('utf8')).toBe(encoded.body);
    });
  });

  test('is sealed as a copy that shares no object with the caller, who keeps his unfrozen', () => {
    check((input) => {
      const originals = reachable(input);
      const wereFrozen = [...originals].filter(Object.isFrozen);
      const sealed = seal(input);
      expect(findDifference(input, sealed.value)).toBeUndefined();
      expect([...originals].filter(Object.isFrozen)).toEqual(wereFrozen);
      for (const object of reachable(sealed.value)) {
        expect(originals.has(object)).toBe(false);
        expect(Object.isFrozen(object)).toBe(isPlainOrArray(object));
      }
    });
  });

  test('is kind json only when JSON gives exactly the same back', () => {
    check((input) => {
      const sealed = seal(input);
      if (sealed.kind !== 'json') return;
      expect(findDifference(input, JSON.parse(JSON.stringify(input)))).toBeUndefined();
    });
  });

  test('cannot be changed by anybody who got a view of it', () => {
    check((input) => {
      const sealed = seal(input);
      const first = viewValue(sealed);
      const second = viewValue(sealed);
      expect(findDifference(input, first)).toBeUndefined();
      spoil(first);
      expect(findDifference(input, second)).toBeUndefined();
      expect(findDifference(input, sealed.value)).toBeUndefined();
      expect(Object.is(first, second)).toBe(!sealed.exotic || typeof input !== 'object');
    });
  });

  test('shares what is wholly frozen between its views, and nothing exotic', () => {
    check((input) => {
      const sealed = seal(input);
      const own = reachable(sealed.value);
      for (const object of reachable(viewValue(sealed))) {
        if (!isPlainOrArray(object)) expect(own.has(object)).toBe(false);
        else if (own.has(object)) expect([...reachable(object)].every(isPlainOrArray)).toBe(true);
      }
    });
  });
});

test('whatever fast-check can think of is kept exactly or refused with a path', () => {
  const anything = fc.anything({
    withBigInt: true,
    withBoxedValues: true,
    withDate: true,
    withMap: true,
    withNullPrototype: true,
    withObjectString: true,
    withSet: true,
    withSparseArray: true,
    withTypedArray: true,
  });
  fc.assert(
    fc.property(anything, (input) => {
      const sealed = sealValue(input, 'it');
      if (!sealed.ok) {
        expect(sealed.problem.path).toMatch(/(^| of )it/);
        return;
      }
      expect(findDifference(input, decode(encodeValue(sealed.value)).value)).toBeUndefined();
    }),
    { seed: SEED, numRuns: 3000 },
  );
});
