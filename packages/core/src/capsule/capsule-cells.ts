import { decodeValue, type SealedValue } from '../base/codec/index.ts';
import { MillraceError } from '../base/millrace-error.ts';
import type { ValueHash } from '../checkpoint/index.ts';
import { type Cell, PipelineContext } from '../context/index.ts';
import type { Capsule, LeftOutReason, NamedSlot } from './capsule.ts';

/** Words for why a value is not in a capsule. */
export const LEFT_OUT_TEXTS: Readonly<Record<LeftOutReason, string>> = {
  secret: 'it holds a secret',
  replaced: 'it was written anew after it was read',
  damaged: 'the store could not give it',
  large: 'it is large, and the stage does not declare it',
  unread: 'the attempt did not read it',
};

/** A value of a capsule, read from its stored form. @throws MillraceError CAPSULE_INVALID */
export function sealedOf({ head, values }: Capsule, hash: ValueHash): SealedValue {
  const encoded = values.get(hash);
  const decoded = encoded && decodeValue(encoded);
  if (decoded?.ok === true) return decoded.value;
  throw new MillraceError(
    'CAPSULE_INVALID',
    `the capsule of stage ${JSON.stringify(head.stage)} does not have its value ${hash.slice(0, 16)}`,
    { details: { stage: head.stage, hash }, help: 'make it anew with `millrace capsule`' },
  );
}

/** What an attempt may look up beside its declared inputs. A key that was left out fails when it is read. */
export function capsuleContext(
  capsule: Capsule,
  given: ReadonlyMap<string, SealedValue>,
): PipelineContext {
  const slots = new Map(capsule.head.context.map((slot) => [slot.name, slot]));
  const cells = new Map<string, Cell>();
  for (const name of new Set([...slots.keys(), ...given.keys()])) {
    const sealed = given.get(name);
    const slot = slots.get(name);
    if (sealed !== undefined) cells.set(name, { key: name, sealed, hash: '' });
    else if (slot !== undefined && slot.kind !== 'absent') {
      cells.set(name, cellOf(capsule, slot));
    }
  }
  return new PipelineContext({ find: (name) => cells.get(name), keys: () => cells.keys() });
}

function cellOf(capsule: Capsule, slot: Exclude<NamedSlot, { kind: 'absent' }>): Cell {
  let sealed: SealedValue | undefined;
  return {
    key: slot.name,
    hash: slot.kind === 'value' ? slot.hash : '',
    get sealed() {
      if (slot.kind === 'left-out') throw keyMissing(capsule, slot.name, slot.why);
      sealed ??= sealedOf(capsule, slot.hash);
      return sealed;
    },
  };
}

function keyMissing({ head }: Capsule, name: string, why: LeftOutReason): MillraceError {
  return new MillraceError(
    'CAPSULE_KEY_MISSING',
    `stage ${JSON.stringify(head.stage)} reads ${JSON.stringify(name)}, which is not in its capsule: ${LEFT_OUT_TEXTS[why]}`,
    {
      details: { stage: head.stage, key: name, why },
      help: `give it with --input ${name}=VALUE, or make a capsule of an attempt that did not succeed with --whole`,
    },
  );
}
