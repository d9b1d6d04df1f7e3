import type { AttemptOutcome } from '../attempt/index.ts';
import { encodeValue, type SealedValue, sealValue, viewValue } from '../base/codec/index.ts';
import { type ValueDifferences, valueDifferences } from '../history/value-differences.ts';
import type { Capsule, CapsuleOutput } from './capsule.ts';
import { sealedOf } from './capsule-cells.ts';

/** One output or update of a replay beside what was recorded. */
export interface ReplayedOutput {
  /** The stage's own name for it. */
  readonly name: string;
  readonly kind: CapsuleOutput['kind'];
  /** `unknown`: the store could not tell what was recorded. `missing`: recorded, and not written now. */
  readonly verdict: 'same' | 'differs' | 'added' | 'missing' | 'unknown';
  /** Where it differs, when the recorded value is in the capsule. */
  readonly changes?: ValueDifferences;
}

type Succeeded = Extract<AttemptOutcome, { readonly kind: 'succeeded' }>;

/** Compares by hash; only what differs is looked into. @param mostChanges so many places of each are given back */
export function compareOutputs(
  capsule: Capsule,
  outcome: Succeeded,
  mostChanges: number,
): readonly ReplayedOutput[] {
  const left = writtenNow(outcome);
  const compared = capsule.head.outputs.map((recorded): ReplayedOutput => {
    const { name, kind, hash, isKept } = recorded;
    const now = left.get(nameOf(recorded));
    left.delete(nameOf(recorded));
    if (now === undefined) return { name, kind, verdict: 'missing' };
    if (hash === '') return { name, kind, verdict: 'unknown' };
    if (encodeValue(now.sealed).hash === hash) return { name, kind, verdict: 'same' };
    if (!isKept) return { name, kind, verdict: 'differs' };
    const before = viewValue(sealedOf(capsule, hash));
    const changes = valueDifferences(before, viewValue(now.sealed), mostChanges);
    return { name, kind, verdict: 'differs', changes };
  });
  const added = [...left.values()].map(
    ({ name, kind }) => ({ name, kind, verdict: 'added' }) as const,
  );
  return [...compared, ...added];
}

interface WrittenNow {
  readonly name: string;
  readonly kind: CapsuleOutput['kind'];
  readonly sealed: SealedValue;
}

function writtenNow({ outputs, updates }: Succeeded): Map<string, WrittenNow> {
  const written: readonly WrittenNow[] = [
    ...outputs.map(({ name, value }) => ({ name, kind: 'output', sealed: value }) as const),
    ...updates.map(
      ({ key, value }) => ({ name: key, kind: 'update', sealed: resealed(value) }) as const,
    ),
  ];
  return new Map(written.map((one) => [nameOf(one), one]));
}

/** What patches made is sealed as they need it, not as it would be stored. */
function resealed(sealed: SealedValue): SealedValue {
  const again = sealValue(viewValue(sealed));
  return again.ok ? again.value : sealed;
}

function nameOf({ kind, name }: Pick<CapsuleOutput, 'kind' | 'name'>): string {
  return `${kind} ${name}`;
}
