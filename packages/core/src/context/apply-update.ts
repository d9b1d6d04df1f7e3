import { isDeepStrictEqual, types } from 'node:util';
import {
  type SealedValue,
  sealValue,
  type UnstorableValue,
  viewValue,
} from '../base/codec/index.ts';
import { MillraceError } from '../base/millrace-error.ts';
import { problem, type Result, success } from '../base/result.ts';
import { type Patch, produceWithPatches } from './immer.ts';
import { replayPatches } from './replay-patches.ts';

/** A key after an update: how it changed, and what it is now. */
export interface UpdatedKey {
  readonly key: string;
  /** Sealed immer patches relative to the key, or undefined when the value is kept whole. */
  readonly patches: SealedValue | undefined;
  readonly value: SealedValue;
}

/** The keys that an update may touch, as they are now. */
export type UpdatableKeys = ReadonlyMap<string, SealedValue | undefined>;

export type UpdateProblem =
  | { readonly kind: 'undeclared'; readonly key: string }
  | { readonly kind: 'removed'; readonly key: string }
  | { readonly kind: 'unstorable'; readonly problem: UnstorableValue };

/**
 * Runs the recipe over the given keys and reports each that changed. A key that holds only plain data
 * is kept as patches; one that holds what immer cannot track (a Date, a typed array) is kept whole.
 * What the recipe returns does not count.
 * @throws MillraceError UPDATE_ASYNC, and whatever the recipe throws
 */
export function applyUpdate(
  keys: UpdatableKeys,
  recipe: (draft: never) => unknown,
): Result<readonly UpdatedKey[], UpdateProblem> {
  // Without a prototype a key `__proto__` is ordinary, also one that the recipe adds.
  const base: Record<string, unknown> = Object.create(null);
  for (const [key, sealed] of keys) {
    if (sealed !== undefined) base[key] = viewValue(sealed);
  }
  const produced = produce(base, keys, recipe);
  if (!produced.ok) return produced;
  const [next, patches] = produced.value;
  const byKey = groupByKey(patches);
  const updated: UpdatedKey[] = [];
  for (const key of byKey.keys()) {
    if (!keys.has(key)) return problem({ kind: 'undeclared', key });
    if (!Object.hasOwn(next, key)) return problem({ kind: 'removed', key });
  }
  for (const [key, before] of keys) {
    const own = byKey.get(key);
    // Changes inside a Date or a typed array leave no patch, so such keys are compared with what they were.
    if (own === undefined && !(before?.exotic ?? false)) continue;
    const change = settleKey(key, before, own ?? [], next[key]);
    if (!change.ok) return change;
    if (own === undefined && isDeepStrictEqual(change.value.value.value, before?.value)) continue;
    updated.push(change.value);
  }
  return success(updated);
}

type Produced = readonly [Record<string, unknown>, readonly Patch[]];

function produce(
  base: Record<string, unknown>,
  keys: UpdatableKeys,
  recipe: (draft: never) => unknown,
): Result<Produced, UpdateProblem> {
  try {
    const [next, patches] = produceWithPatches(base, (draft) =>
      refuseAsync(recipe(watched(draft, keys) as never)),
    );
    return success([next, patches]);
  } catch (error) {
    if (!(error instanceof UndeclaredKey)) throw error;
    return problem({ kind: 'undeclared', key: error.key });
  }
}

class UndeclaredKey extends MillraceError {
  readonly key: string;

  constructor(key: string) {
    super('UPDATE_UNDECLARED', `the draft has no key ${JSON.stringify(key)}`);
    this.key = key;
  }
}

/** Reading a key that the stage may not update tells so, where a plain draft would give undefined. */
function watched(draft: object, keys: UpdatableKeys): object {
  return new Proxy(draft, {
    get(target, key) {
      if (typeof key === 'string' && !keys.has(key) && !ASKED_OF_ANY_OBJECT.has(key)) {
        if (!Reflect.has(target, key)) throw new UndeclaredKey(key);
      }
      return Reflect.get(target, key);
    },
  });
}

/** Printing and awaiting an object look for these. */
const ASKED_OF_ANY_OBJECT: ReadonlySet<string> = new Set([
  'then',
  'toJSON',
  'toString',
  'valueOf',
  'constructor',
  'inspect',
]);

/** A recipe that waits would go on with a draft that is closed, and its changes would be lost. */
function refuseAsync(returned: unknown): void {
  if (!types.isPromise(returned)) return;
  returned.catch(() => undefined);
  throw new MillraceError('UPDATE_ASYNC', 'the recipe of context.update returned a promise', {
    help: 'await first, then call context.update with a recipe that is not async',
  });
}

function settleKey(
  key: string,
  before: SealedValue | undefined,
  patches: readonly Patch[],
  after: unknown,
): Result<UpdatedKey, UpdateProblem> {
  const tracked =
    before !== undefined && !before.exotic && patches.every((patch) => patch.path.length > 0);
  if (tracked) {
    const sealedPatches = sealValue(patches, key);
    // What cannot be stored is met again below, with its path in the value instead of in the patches.
    if (sealedPatches.ok && !sealedPatches.value.exotic) {
      // Both parts are sealed, and so is what immer makes of them: no second walk over the whole value.
      const value = replayPatches(before.value, sealedPatches.value.value);
      const kind = before.kind === 'json' && sealedPatches.value.kind === 'json' ? 'json' : 'rich';
      return success({
        key,
        patches: sealedPatches.value,
        value: { value, kind, exotic: false, spine: undefined },
      });
    }
  }
  const whole = sealValue(after, key);
  if (!whole.ok) return problem({ kind: 'unstorable', problem: whole.problem });
  return success({ key, patches: undefined, value: whole.value });
}

/** Patches by context key, each with its path relative to the key. */
function groupByKey(patches: readonly Patch[]): Map<string, Patch[]> {
  const byKey = new Map<string, Patch[]>();
  for (const patch of patches) {
    const key = String(patch.path[0]);
    const own = byKey.get(key) ?? [];
    own.push({ ...patch, path: patch.path.slice(1) });
    byKey.set(key, own);
  }
  return byKey;
}
