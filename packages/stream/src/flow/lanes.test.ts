import { expect, test } from '@jest/globals';
import { Lanes, type Waiting } from './lanes.ts';

interface Named extends Waiting {
  readonly name: string;
}

function lanesOf(concurrency: number, canDrop = false) {
  const running: Named[] = [];
  const begun: string[] = [];
  const lanes = new Lanes<Named>({
    concurrency,
    concurrencyPerKey: 1,
    canDrop,
    begin: (item) => {
      running.push(item);
      begun.push(item.name);
    },
  });
  const add = (name: string, lane?: string): void =>
    lanes.add({ name, lane, isDroppable: canDrop });
  const endFirst = (): void => {
    const first = running.shift();
    if (first !== undefined) lanes.ended(first);
  };
  return { lanes, begun, add, endFirst };
}

test('a lane waits for its own, and leaves room for others', () => {
  const { begun, add, endFirst, lanes } = lanesOf(2);
  add('a1', 'a');
  add('a2', 'a');
  add('b1', 'b');
  expect([begun, lanes.waiting]).toEqual([['a1', 'b1'], 1]);
  endFirst();
  expect(begun).toEqual(['a1', 'b1', 'a2']);
});

test('what has waited longest is dropped, whichever lane it waits in', () => {
  const { begun, add, endFirst, lanes } = lanesOf(1, true);
  for (const name of ['a1', 'a2', 'b1', 'c1', 'a3']) add(name, name.charAt(0));
  expect(lanes.dropOldest()?.name).toBe('a2');
  expect(lanes.dropOldest()?.name).toBe('b1');
  expect(lanes.waiting).toBe(2);
  for (let turn = 0; turn < 5; turn++) endFirst();
  expect(begun).toEqual(['a1', 'c1', 'a3']);
});

test('what is dropped by the thousand while nothing runs leaves nothing behind', () => {
  const { begun, add, endFirst, lanes } = lanesOf(1, true);
  add('first', 'x');
  for (let n = 0; n < 50_000; n++) {
    add(`k${n}`, `key ${n % 1000}`);
    if (lanes.waiting > 10) lanes.dropOldest();
  }
  for (let turn = 0; turn < 30; turn++) endFirst();
  expect(begun).toHaveLength(11);
  expect(begun.at(-1)).toBe('k49999');
});

test('all that waits may be taken out, and lanes go on afterwards', () => {
  const { begun, add, endFirst, lanes } = lanesOf(1);
  for (const name of ['a1', 'a2', 'b1']) add(name, name.charAt(0));
  expect(lanes.clear().map(({ name }) => name)).toEqual(['b1', 'a2']);
  add('a3', 'a');
  endFirst();
  expect([begun, lanes.waiting]).toEqual([['a1', 'a3'], 0]);
});
