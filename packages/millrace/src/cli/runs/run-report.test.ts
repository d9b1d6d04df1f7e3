import { hostname } from 'node:os';
import { expect, test } from '@jest/globals';
import { asRunId, asStageId, MemoryStore, type StageRecord } from '@millrace/core';
import { readRunReport } from './run-report.ts';

const RUN = asRunId('20261120-120000-abcdefgh');
const DEAD = { host: hostname(), pid: 2 ** 30, processStart: '' };

function succeeded(stage: string, fields: Partial<StageRecord>): StageRecord {
  return {
    stage: asStageId(stage),
    status: 'succeeded',
    attempt: 1,
    fence: 1,
    finishedAt: 20,
    durationMs: 10,
    fingerprint: 'f',
    writes: [],
    fallback: false,
    ...fields,
  };
}

async function reportOf(...stages: readonly StageRecord[]) {
  const store = new MemoryStore();
  const lease = store.createRun(
    { id: RUN, pipeline: 'daily', source: {}, context: [], createdAt: 1 },
    [],
    DEAD,
  );
  const attempt = { stage: asStageId('cut'), attempt: 1, fence: 1, startedAt: 5 } as const;
  const attempts = [{ ...attempt, status: 'running' }] as const;
  store.commit(lease, { values: [], attempts, stages, events: [], sync: true });
  const run = store.findRun(RUN);
  if (run === undefined) throw new RangeError('the store has lost the run');
  return readRunReport(store, run);
}

test('an attempt whose process died is lost before a resume says so, and has no duration', async () => {
  const { stages, attempts } = await reportOf();
  expect(stages).toMatchObject([{ id: 'cut', status: 'lost', durationMs: undefined }]);
  expect(attempts).toMatchObject([{ stage: 'cut', status: 'lost' }]);
});

test('a stage whose outcome was migrated is told from one that ran, and from one of another run', async () => {
  const origin = { runId: asRunId('another'), attempt: 1 };
  const { stages } = await reportOf(
    succeeded('ran', { startedAt: 10 }),
    succeeded('migrated', {}),
    succeeded('taken', { origin }),
  );
  expect(stages.slice(0, 3)).toMatchObject([
    { id: 'ran', kept: false, migrated: false },
    { id: 'migrated', kept: true, migrated: true },
    { id: 'taken', kept: false, migrated: false },
  ]);
});
