import { createHash } from 'node:crypto';
import {
  asRunId,
  asStageId,
  type CommitBatch,
  type EncodedValue,
  type NewRun,
  type Owner,
  type StageRecord,
} from '@millrace/core';

export const RUN = asRunId('20260102-030405-abcdefgh');
export const OWNER: Owner = { host: 'mill', pid: 4711, processStart: '812' };
export const CREATED_AT = Date.UTC(2026, 0, 2, 3, 4, 5, 678);

export const NEW_RUN: NewRun = {
  id: RUN,
  pipeline: 'daily',
  source: { file: '/srv/daily.yaml' },
  context: [],
  createdAt: CREATED_AT,
};

export function sampleValue(body: string): EncodedValue {
  const hash = createHash('sha256').update(body).digest('hex');
  return { codec: 'json', version: 1, hash, byteLength: Buffer.byteLength(body), body };
}

export function sampleStage(name: string, fields: Partial<StageRecord> = {}): StageRecord {
  return {
    stage: asStageId(name),
    status: 'succeeded',
    attempt: 1,
    fence: 1,
    startedAt: CREATED_AT + 1,
    finishedAt: CREATED_AT + 2,
    durationMs: 1.5,
    fingerprint: 'f00d',
    writes: [{ key: `${name} out`, kind: 'value', hash: sampleValue(`"${name}"`).hash }],
    fallback: false,
    ...fields,
  };
}

export function sampleBatch(fields: Partial<CommitBatch> = {}): CommitBatch {
  return { values: [], attempts: [], stages: [], events: [], sync: true, ...fields };
}
