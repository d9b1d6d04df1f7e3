import { describe, expect, it } from '@jest/globals';
import { decodeValue, encodeValue, type SealedValue, viewValue } from '../base/codec/index.ts';
import { findDifference } from '../base/codec/testing-local/find-difference.ts';
import { invariant } from '../base/invariant.ts';
import { SeededRandom } from '../graph/index.ts';
import { applyUpdate } from './apply-update.ts';
import { replayPatches } from './replay-patches.ts';
import { sealed } from './testing-local/sealed.ts';

const NAMES = ['a', 'b', 'then', 'constructor', '__proto__', 'toString', 'length', '0', ''];

/** Plain data with awkward keys; exotic parts now and then when asked for. */
function randomValue(random: SeededRandom, depth: number, exotic: boolean): unknown {
  const kind = random.integer(depth > 0 ? 9 : 6);
  if (kind === 0) return random.integer(10);
  if (kind === 1) return 'text';
  if (kind === 2) return undefined;
  if (kind === 3) return Number.NaN;
  if (kind === 4) return exotic ? new Date(random.integer(10)) : null;
  if (kind === 5) return exotic ? new Uint8Array([random.integer(9)]) : -0;
  const size = random.integer(4);
  if (kind === 6) {
    return Array.from({ length: size }, () => randomValue(random, depth - 1, exotic));
  }
  const entries = Array.from({ length: size }, () => {
    const name = NAMES[random.integer(NAMES.length)] as string;
    return [name, randomValue(random, depth - 1, exotic)];
  });
  return Object.fromEntries(entries);
}

function madeBy(seed: number, exotic: boolean): object {
  return { root: randomValue(new SeededRandom(seed), 4, exotic), list: [1, 2, 3] };
}

function isContainer(value: unknown): value is Record<string, unknown> | unknown[] {
  return (
    typeof value === 'object' &&
    value !== null &&
    !(value instanceof Date) &&
    !(value instanceof Uint8Array)
  );
}

/** One change somewhere below `holder`; the same choices on equal data make the same change. */
function mutate(
  holder: Record<string, unknown> | unknown[],
  random: SeededRandom,
  exotic: boolean,
): void {
  const containers = Object.values(holder).filter(isContainer);
  const inner = containers[random.integer(containers.length + 1)];
  if (inner !== undefined) return mutate(inner, random, exotic);
  const value = randomValue(random, 2, exotic);
  if (!Array.isArray(holder)) {
    const keys = Object.keys(holder);
    const key = keys[random.integer(keys.length + 1)];
    if (key === undefined) holder[`new${random.integer(5)}`] = value;
    // immer hands an assignment to a key `__proto__` to the setter of Object.prototype.
    else if (random.next() < 0.3 || key === '__proto__') delete holder[key];
    else holder[key] = value;
    return;
  }
  const at = random.integer(holder.length + 1);
  const kind = random.integer(6);
  if (kind === 0) holder.push(value);
  else if (kind === 1) holder.splice(at, 1);
  else if (kind === 2) holder.splice(at, 0, value);
  else if (kind === 3) holder.reverse();
  else if (kind === 4) holder.length = Math.min(at, holder.length);
  else holder[Math.min(at, holder.length)] = value;
}

function mutateKey(draft: { k: unknown }, seed: number, exotic: boolean): void {
  const random = new SeededRandom(seed);
  for (let step = 0; step < 4; step++) if (isContainer(draft.k)) mutate(draft.k, random, exotic);
}

function isDeepFrozen(value: unknown): boolean {
  if (!isContainer(value)) return true;
  return Object.isFrozen(value) && Object.values(value).every(isDeepFrozen);
}

/** The patches as another process reads them. */
function stored(patches: SealedValue): unknown {
  const decoded = decodeValue(encodeValue(patches));
  invariant(decoded.ok, 'patches could not be read back');
  return decoded.value.value;
}

describe('replaying patches', () => {
  it.each([false, true])('gives what plain code makes of a copy (exotic parts: %s)', (exotic) => {
    let patched = 0;
    for (let seed = 1; seed <= 1500; seed++) {
      const before = sealed(madeBy(seed, exotic));
      const plain = { k: madeBy(seed, exotic) as unknown };
      mutateKey(plain, seed, exotic);
      const result = applyUpdate(new Map([['k', before]]), (draft: { k: unknown }) =>
        mutateKey(draft, seed, exotic),
      );
      invariant(result.ok, `seed ${seed} was refused`);
      expect(findDifference(madeBy(seed, exotic), before.value)).toBeUndefined();
      const [changed] = result.value;
      const after = changed?.value ?? before;
      expect([seed, sortedText(viewValue(after))]).toEqual([seed, sortedText(plain.k)]);
      if (changed?.patches === undefined) continue;
      patched++;
      expect(isDeepFrozen(after.value)).toBe(true);
      const again = replayPatches(before.value, stored(changed.patches));
      expect([seed, findDifference(after.value, again)]).toEqual([seed, undefined]);
      expect(isDeepFrozen(again)).toBe(true);
    }
    expect(patched).toBeGreaterThan(exotic ? 300 : 1000);
  });

  it('copies only the way to what changes', () => {
    const before = sealed({ a: { deep: [1, 2] }, b: { deep: [3] } }).value as Record<
      string,
      object
    >;
    const after = replayPatches(before, [
      { op: 'replace', path: ['a', 'deep', 0], value: 9 },
    ]) as typeof before;
    expect(after).toEqual({ a: { deep: [9, 2] }, b: { deep: [3] } });
    expect(after.b).toBe(before.b);
    expect(before.a).toEqual({ deep: [1, 2] });
  });

  it('leaves what it is given as it was, frozen or not, and inserts where a patch says', () => {
    const before = { list: ['a', 'c', 'cut off'], rest: { n: 1 } };
    const patches = [
      { op: 'add', path: ['list', 1], value: 'b' },
      { op: 'replace', path: ['list', 'length'], value: 3 },
      { op: 'remove', path: ['rest', 'n'] },
    ];
    expect(replayPatches(before, patches)).toEqual({ list: ['a', 'b', 'c'], rest: {} });
    expect(before).toEqual({ list: ['a', 'c', 'cut off'], rest: { n: 1 } });
    expect(Object.isFrozen(before)).toBe(false);
  });

  it('never changes a value that came with an earlier patch', () => {
    const patches = sealed([
      { op: 'add', path: ['x'], value: { n: [1] } },
      { op: 'add', path: ['x', 'n', 1], value: 2 },
      { op: 'remove', path: ['x', 'n', 0] },
    ]).value;
    expect(replayPatches({}, patches)).toEqual({ x: { n: [2] } });
    expect(replayPatches({}, patches)).toEqual({ x: { n: [2] } });
  });

  it('refuses patches that do not fit the value', () => {
    const broken = expect.objectContaining({ code: 'INVARIANT_BROKEN' });
    const leads = [{ op: 'add', path: ['gone', 'x'], value: 1 }];
    expect(() => replayPatches({}, leads)).toThrow(broken);
    expect(() => replayPatches({ gone: 5 }, leads)).toThrow(broken);
    expect(() => replayPatches({}, [{ op: 'replace', path: [], value: 1 }])).toThrow(broken);
    // An inherited property is no part of the value.
    const inherited = [{ op: 'add', path: ['constructor', 'x'], value: 1 }];
    expect(() => replayPatches({}, inherited)).toThrow(broken);
  });
});

/** All of a value but the order of keys, which removing and adding again may change. */
function sortedText(value: unknown): string {
  if (Array.isArray(value)) return `[${Array.from(value, sortedText).join()}]`;
  if (value instanceof Date) return `Date ${value.getTime()}`;
  if (value instanceof Uint8Array) return `bytes ${value.join()}`;
  if (typeof value !== 'object' || value === null) {
    return Object.is(value, -0) ? '-0' : `${typeof value} ${String(value)}`;
  }
  const entries = Object.entries(value).map(([key, held]) => `${key}: ${sortedText(held)}`);
  return `{${entries.sort().join()}}`;
}
