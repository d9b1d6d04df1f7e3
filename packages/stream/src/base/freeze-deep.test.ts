import { expect, test } from '@jest/globals';
import { freezeDeep } from './freeze-deep.ts';

test('plain objects and arrays are frozen all the way down, other things are left alone', () => {
  class Model {
    weight = 1;
  }
  const given = { list: [{ deep: 1 }], map: new Map(), at: new Date(0), model: new Model() };
  const frozen = freezeDeep(given);
  expect(frozen).toBe(given);
  expect(Object.isFrozen(frozen.list[0])).toBe(true);
  expect(Object.isFrozen(frozen.map)).toBe(false);
  expect(Object.isFrozen(frozen.model)).toBe(false);
});

test('a value that holds itself is frozen, too', () => {
  const given: { self?: unknown } = {};
  given.self = given;
  expect(Object.isFrozen(freezeDeep(given))).toBe(true);
});
