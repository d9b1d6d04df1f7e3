import { hash } from 'node:crypto';
import {
  type AttemptOutput,
  secretValueFailure,
  unstorableFailure,
  writeConflictFailure,
} from '../attempt/index.ts';
import {
  type EncodedValue,
  type SealedValue,
  sealValue,
  shortForm,
  tryEncode,
} from '../base/codec/index.ts';
import { problem, type Result, success } from '../base/result.ts';
import type { WriteRecord } from '../checkpoint/index.ts';
import type { Cell, UpdatedKey } from '../context/index.ts';
import type { FailureRecord } from '../events/index.ts';
import { type BoundStage, updateKey, writeKey } from '../pipeline/index.ts';
import { encodedSecret, type HoldsSecret } from './holds-secret.ts';
import type { StageViews } from './stage-views.ts';

/** What a stage changed, ready to be stored and to be read by others. */
export interface StageWrites {
  readonly records: readonly WriteRecord[];
  readonly values: readonly EncodedValue[];
  readonly cells: readonly Cell[];
}

interface MadeValues {
  readonly outputs: readonly AttemptOutput[];
  readonly updates: readonly UpdatedKey[];
}

/** Encodes the outputs and updates of an attempt; refuses keys that an unordered stage writes too. */
export function toWrites(
  views: StageViews,
  stage: BoundStage,
  made: MadeValues,
  holdsSecret: HoldsSecret | undefined,
): Result<StageWrites, FailureRecord> {
  const collector = new WriteCollector(holdsSecret);
  const isChecked = stage.blueprint.outputs !== undefined;
  for (const { name, value } of made.outputs) {
    const key = writeKey(stage, name);
    const rival = isChecked ? undefined : views.unorderedWriter(stage.index, key);
    if (rival !== undefined) {
      return problem(writeConflictFailure(stage.id, key, views.idOf(rival)));
    }
    const refused = collector.addValue(stage, key, value);
    if (refused !== undefined) return problem(refused);
  }
  for (const update of made.updates) {
    const key = updateKey(stage, update.key);
    const before = views.find(stage.index, key);
    const refused =
      update.patches === undefined || before === undefined
        ? collector.addValue(stage, key, update.value)
        : collector.addPatches(stage, {
            key,
            patches: update.patches,
            value: update.value,
            before,
          });
    if (refused !== undefined) return problem(refused);
  }
  const writes = collector.writes();
  if (!isChecked) {
    views.claim(
      stage.index,
      writes.records.map(({ key }) => key),
    );
  }
  return success(writes);
}

/** The same for the outputs that a definition gives as a fallback. */
export function fallbackWrites(
  views: StageViews,
  stage: BoundStage,
  outputs: Readonly<Record<string, unknown>>,
  holdsSecret: HoldsSecret | undefined,
): Result<StageWrites, FailureRecord> {
  const sealed: AttemptOutput[] = [];
  for (const name of Object.keys(outputs)) {
    const value = sealValue(outputs[name], name);
    if (!value.ok) return problem(unstorableFailure(stage.id, value.problem));
    sealed.push({ name, value: value.value });
  }
  return toWrites(views, stage, { outputs: sealed, updates: [] }, holdsSecret);
}

/** Identity of a key that patches made of an earlier value. */
export function patchedHash(before: string, patches: string): string {
  return hash('sha256', `${before}\n${patches}`);
}

interface PatchedKey {
  readonly key: string;
  readonly patches: SealedValue;
  readonly value: SealedValue;
  readonly before: Cell;
}

class WriteCollector {
  readonly #records: WriteRecord[] = [];
  readonly #values: EncodedValue[] = [];
  readonly #cells: Cell[] = [];
  readonly #holdsSecret: HoldsSecret | undefined;

  constructor(holdsSecret: HoldsSecret | undefined) {
    this.#holdsSecret = holdsSecret;
  }

  addValue(stage: BoundStage, key: string, value: SealedValue): FailureRecord | undefined {
    const encoded = this.#encode(stage, key, value);
    if (!encoded.ok) return encoded.problem;
    const { hash: valueHash } = encoded.value;
    this.#add(key, 'value', encoded.value);
    this.#cells.push({ key, sealed: value, hash: valueHash });
    return undefined;
  }

  addPatches(
    stage: BoundStage,
    { key, patches, value, before }: PatchedKey,
  ): FailureRecord | undefined {
    const encoded = this.#encode(stage, key, patches);
    if (!encoded.ok) return encoded.problem;
    this.#add(key, 'patch', encoded.value);
    this.#cells.push({ key, sealed: value, hash: patchedHash(before.hash, encoded.value.hash) });
    return undefined;
  }

  /** An array that has grown has room for more than it holds; these are kept as long as the run. */
  writes(): StageWrites {
    return { records: [...this.#records], values: this.#values, cells: [...this.#cells] };
  }

  #add(key: string, kind: WriteRecord['kind'], encoded: EncodedValue): void {
    const { hash: valueHash } = encoded;
    const short = shortForm(encoded);
    if (short === undefined) {
      this.#values.push(encoded);
      this.#records.push({ key, kind, hash: valueHash });
    } else {
      this.#records.push({ key, kind, hash: valueHash, short });
    }
  }

  #encode(stage: BoundStage, key: string, value: SealedValue): Result<EncodedValue, FailureRecord> {
    const encoded = tryEncode(value, key);
    const isLeak =
      this.#holdsSecret?.(key) === true ||
      (encoded.ok && encodedSecret(encoded.value, this.#holdsSecret));
    if (isLeak) return problem(secretValueFailure(stage.id, key));
    if (encoded.ok) return encoded;
    const message = `${key}: ${encoded.problem.message}`;
    return problem(unstorableFailure(stage.id, { ...encoded.problem, message }));
  }
}
