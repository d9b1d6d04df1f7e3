import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import {
  type AttemptRecord,
  asRunId,
  asStageId,
  type CheckpointStore,
  type CommitBatch,
  type EncodedValue,
  type ItemRecord,
  type Lease,
  type NewRun,
  type NewSignal,
  type Owner,
  type RunEvent,
  type RunId,
  type RunRecord,
  type StageBasis,
  type StageRecord,
  type WaitRecord,
  type WriteRecord,
} from '@millrace/core';

export const CREATED_AT = Date.UTC(2026, 0, 2, 3, 4, 5, 678);

export const RUN = asRunId('20260102-030405-abcdefgh');
export const OTHER_RUN = asRunId('20260102-030406-hgfedcba');
export const UNKNOWN_RUN = asRunId('20990101-000000-nonenone');

export const OWNER: Owner = { host: 'mill', pid: 4711, processStart: '812 345' };
export const OTHER_OWNER: Owner = { host: 'race', pid: 1, processStart: '' };

/** Names that JavaScript, SQL and file systems treat as special; each is an ordinary id here. */
export const WEIRD_NAMES: readonly string[] = [
  '__proto__',
  'constructor',
  'toString',
  'then',
  'hasOwnProperty',
  '0',
  '-1',
  'NULL',
  "'; DROP TABLE runs; --",
  '"quoted"',
  '%s %_ \\',
  '../../etc/passwd',
  'Ünïcödé',
  'e\u0301 beside \u00e9',
  '日本語',
  '🦊👨‍👩‍👧',
  'a b',
  'A',
  'a',
  'x'.repeat(200),
];

export function newRun(fields: Partial<NewRun> = {}): NewRun {
  return { id: RUN, pipeline: 'daily', source: {}, context: [], createdAt: CREATED_AT, ...fields };
}

export function stageRecord(stage: string, fields: Partial<StageRecord> = {}): StageRecord {
  return {
    stage: asStageId(stage),
    status: 'succeeded',
    attempt: 1,
    fence: 1,
    startedAt: CREATED_AT + 10,
    finishedAt: CREATED_AT + 20,
    durationMs: 10.25,
    fingerprint: `fingerprint of ${stage}`,
    writes: [],
    fallback: false,
    ...fields,
  };
}

export function stageBasis(fields: Partial<StageBasis> = {}): StageBasis {
  return {
    code: 'c0de'.repeat(16),
    params: 'bead'.repeat(16),
    inputs: [
      ['input', 'bars', '0123456789abcdef'],
      ['needs', 'ingest', ''],
    ],
    ...fields,
  };
}

export function attemptRecord(stage: string, fields: Partial<AttemptRecord> = {}): AttemptRecord {
  return {
    stage: asStageId(stage),
    attempt: 1,
    fence: 1,
    status: 'running',
    startedAt: CREATED_AT + 10,
    ...fields,
  };
}

export function itemRecord(key: string, fields: Partial<ItemRecord> = {}): ItemRecord {
  return {
    stage: asStageId('map'),
    key,
    attempt: 1,
    status: 'succeeded',
    tries: 1,
    startedAt: CREATED_AT + 10,
    durationMs: 1.5,
    itemHash: `number ${key.length}`,
    basis: 'ba5e'.repeat(16),
    ...fields,
  };
}

export function waitRecord(name: string, fields: Partial<WaitRecord> = {}): WaitRecord {
  return {
    stage: asStageId('review'),
    kind: 'signal',
    name,
    call: 1,
    attempt: 1,
    status: 'waiting',
    since: CREATED_AT + 10,
    refused: [],
    ...fields,
  };
}

export function newSignal(name: string, fields: Partial<NewSignal> = {}): NewSignal {
  return {
    runId: RUN,
    name,
    payload: textValue('{"ok":true}'),
    sentAt: CREATED_AT + 30,
    ...fields,
  };
}

export function startedEvent(seq: number, runId: RunId = RUN): RunEvent {
  const stage = asStageId(`stage ${seq}`);
  return { seq, at: CREATED_AT + seq, runId, type: 'stage.started', stage, attempt: 1 };
}

export function batch(fields: Partial<CommitBatch> = {}): CommitBatch {
  return { values: [], attempts: [], stages: [], events: [], sync: true, ...fields };
}

/** A store asks nothing of a hash but that it names one value, so this one is not the codec's. */
const hashOf = (body: string | Uint8Array): string =>
  createHash('sha256')
    .update(typeof body)
    .update(body)
    .digest('hex');

export function textValue(body: string, codec: 'json' | 'devalue' = 'json'): EncodedValue {
  const byteLength = Buffer.byteLength(body);
  return { codec, version: 1, hash: hashOf(codec + body), byteLength, body };
}

export function bytesValue(body: Uint8Array<ArrayBuffer>): EncodedValue {
  const { byteLength } = body;
  return { codec: 'bytes', type: 'Uint8Array', version: 1, hash: hashOf(body), byteLength, body };
}

export function writeOf(key: string, value: EncodedValue): WriteRecord {
  return { key, kind: 'value', hash: value.hash };
}

/** A run that `OWNER` owns with fence 1. */
export async function startRun(
  store: CheckpointStore,
  fields: Partial<NewRun> = {},
): Promise<Lease> {
  return await store.createRun(newRun(fields), [], OWNER);
}

/** A run as it is on record but for its beat, which every commit moves. */
export async function stillRun(
  store: CheckpointStore,
  id: RunId = RUN,
): Promise<Omit<RunRecord, 'beat'>> {
  const found = await store.findRun(id);
  assert.ok(found !== undefined);
  const { beat: _moved, ...still } = found;
  return still;
}

export async function stageNames(store: CheckpointStore, id: RunId = RUN): Promise<string[]> {
  return (await store.loadStages(id)).map(({ stage }) => stage);
}
