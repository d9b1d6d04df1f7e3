import { decodeValue } from '../base/codec/index.ts';
import { type CheckpointStore, type StageRecord, storedValue } from '../checkpoint/index.ts';
import { fileEntries } from '../executor/file-entries.ts';
import type { BoundStage, ModelPipeline } from '../pipeline/index.ts';
import {
  changedParts,
  type FileEntry,
  type FingerprintPart,
  fingerprintOf,
  recordedCode,
} from '../plan/index.ts';
import type { CapsuleCode, CapsuleParams } from './capsule.ts';
import { codeDescriptionSchema } from './capsule-schema.ts';
import type { ValueCollector } from './value-collector.ts';

export interface RecordedSettings {
  readonly code: CapsuleCode | undefined;
  readonly files: readonly FileEntry[];
  readonly params: CapsuleParams;
  readonly notes: readonly string[];
}

interface SettingsRequest {
  readonly store: CheckpointStore;
  readonly pipeline: ModelPipeline;
  readonly stage: BoundStage;
  readonly record: StageRecord | undefined;
  readonly collector: ValueCollector;
}

/**
 * Code, files and params of an attempt. The store keeps them of an attempt that succeeded; of another they are
 * those of the pipeline by now, and it is noted where they are known to have changed since.
 */
export async function recordedSettings(request: SettingsRequest): Promise<RecordedSettings> {
  const { pipeline, stage, record } = request;
  const basis = record?.basis;
  const code = await codeOf(request);
  const params = await paramsOf(request);
  const files = basis?.files ?? (await fileEntries(stage.files));
  const notes = [...params.notes];
  if (basis === undefined) {
    const changed = changedSince(record, pipeline, stage).filter((part) => part !== 'wiring');
    if (changed.length > 0) {
      notes.push(
        `${changed.join(' and ')} of the stage changed after the attempt; the capsule has what is there by now`,
      );
    }
  }
  return { code, files, params: params.params, notes };
}

async function codeOf({
  store,
  pipeline,
  stage,
  record,
}: SettingsRequest): Promise<CapsuleCode | undefined> {
  const now = recordedCode(stage);
  const hash = record?.basis?.code ?? '';
  const stored = hash === '' ? undefined : await store.loadValue(hash);
  const decoded = stored && decodeValue(stored);
  const described = codeDescriptionSchema.safeParse(decoded?.ok === true && decoded.value.value);
  if (!described.success) {
    const isOfAttempt = !changedSince(record, pipeline, stage).includes('code');
    return now && { isOfAttempt: isOfAttempt && record !== undefined, ...now };
  }
  // A module that moves keeps its meaning.
  return { isOfAttempt: true, ...described.data, uses: stage.definition.uses };
}

/** Of an attempt that did not succeed the fingerprint is all that is on record. */
function changedSince(
  record: StageRecord | undefined,
  pipeline: ModelPipeline,
  { index }: BoundStage,
): readonly FingerprintPart[] {
  if (record === undefined || record.fingerprint === '') return [];
  return changedParts(record.fingerprint, fingerprintOf(pipeline, index));
}

const NO_PARAMS: CapsuleParams = { hash: '', isAsRead: true, secrets: [] };

async function paramsOf({
  store,
  stage,
  record,
  collector,
}: SettingsRequest): Promise<Pick<RecordedSettings, 'params' | 'notes'>> {
  const { params, definition } = stage;
  const basis = record?.basis;
  const hash = basis?.params ?? params.hash;
  if (hash === '') return { params: NO_PARAMS, notes: [] };
  const isOfNow = hash === params.hash;
  const stored = isOfNow
    ? params.recorded
    : await storedValue(store, { hash, short: basis?.shortParams });
  if (stored === undefined || !decodeValue(stored).ok) {
    return { params: NO_PARAMS, notes: ['its params cannot be read from the store'] };
  }
  if (!collector.keep(stored)) {
    return { params: NO_PARAMS, notes: ['its params hold a secret without a name: left out'] };
  }
  return {
    params: {
      hash,
      // Only of params that were recorded as the schema read them is it told which of them were read.
      isAsRead: isOfNow ? params.isRecordedAsRead : basis?.read !== undefined,
      secrets: [...(definition.secrets ?? [])].filter(([path]) => path.startsWith('with')),
    },
    notes: [],
  };
}
