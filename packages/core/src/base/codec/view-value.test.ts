import { expect, test } from '@jest/globals';
import { type SealedValue, sealValue, viewValue } from './index.ts';

function seal(input: unknown): SealedValue {
  const sealed = sealValue(input);
  if (!sealed.ok) throw new TypeError(sealed.problem.message);
  return sealed.value;
}

test('a wholly frozen value is handed out itself, cycles and all', () => {
  const cyclic: Record<string, unknown> = { a: [1, NaN] };
  cyclic.self = cyclic;
  const sealed = seal(cyclic);
  expect(viewValue(sealed)).toBe(sealed.value);
  expect(viewValue(seal(undefined))).toBeUndefined();
});

test('only what cannot be frozen and the way to it is copied', () => {
  const sealed = seal({
    rows: [{ n: 1 }],
    at: { when: new Date(5) },
    held: new Map([['k', { deep: [1] }]]),
  });
  type Shape = { rows: unknown; at: { when: Date }; held: Map<string, unknown> };
  const own = sealed.value as Shape;
  const view = viewValue(sealed) as Shape;
  expect(view.rows).toBe(own.rows);
  expect(view.held.get('k')).toBe(own.held.get('k'));
  expect(view.at).not.toBe(own.at);
  expect(view.at.when).not.toBe(own.at.when);
  expect(Object.isFrozen(view)).toBe(true);
  expect(Object.isFrozen(view.at)).toBe(true);
});

test('parts that are one object are one object in every view', () => {
  const date = new Date(5);
  const holder = { date };
  const input = { first: holder, second: [holder, date], map: new Map([[holder, date]]), self: {} };
  input.self = input;
  type Shape = {
    first: { date: Date };
    second: [{ date: Date }, Date];
    map: Map<object, Date>;
    self: unknown;
  };
  const view = viewValue(seal(input)) as Shape;
  expect(view.self).toBe(view);
  expect(view.second[0]).toBe(view.first);
  expect(view.second[1]).toBe(view.first.date);
  expect(view.map.get(view.first)).toBe(view.first.date);
});

test('an object that reaches an exotic part only through a cycle is copied as well', () => {
  const root: Record<string, unknown> = { a: {} };
  root.a = { back: root };
  root.z = new Date(5);
  const sealed = seal(root);
  const view = viewValue(sealed) as { a: { back: unknown }; z: Date };
  expect(view.a.back).toBe(view);
  view.z.setTime(9);
  expect((sealed.value as typeof view).z.getTime()).toBe(5);
});

test('bytes of a view belong to its receiver alone', () => {
  const sealed = seal({ raw: Buffer.from('abc'), numbers: new Float64Array([1, 2]) });
  type Shape = { raw: Buffer; numbers: Float64Array<ArrayBuffer> };
  const view = viewValue(sealed) as Shape;
  expect(view.raw.buffer.byteLength).toBe(3);
  view.raw.fill(0);
  view.numbers.buffer.transfer();
  const other = viewValue(sealed) as Shape;
  expect(other.raw.toString()).toBe('abc');
  expect([...other.numbers]).toEqual([1, 2]);
});

test('an own key __proto__ stays a key', () => {
  const view = viewValue(seal(JSON.parse('{"__proto__":{"a":1}}'))) as object;
  const exotic = Object.defineProperty({}, '__proto__', { value: new Date(5), enumerable: true });
  const copied = viewValue(seal(exotic)) as object;
  expect(Object.keys(view)).toEqual(['__proto__']);
  expect(Object.keys(copied)).toEqual(['__proto__']);
  expect(Object.getPrototypeOf(copied)).toBe(Object.prototype);
});
