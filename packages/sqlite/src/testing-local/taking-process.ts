// A run that takes an outcome over, one move at a time: each line on stdin lets it go on.
import { writeSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { currentProcess, type FoundStage, type Lease } from '@millrace/core';
import { openSqliteStore } from '../open-sqlite-store.ts';
import { NEW_RUN, sampleBatch, sampleValue } from './sample-records.ts';
import { type Move, TAKEN_KEY, TAKING_RUN, UNTOLD_ARTIFACT } from './taking-moves.ts';

const [path = ''] = process.argv.slice(2);
const store = openSqliteStore(path, { inlineLimitBytes: 100 });
let found: FoundStage | undefined;
let lease: Lease | undefined;

function make(move: Move): string {
  switch (move) {
    case 'look': {
      // As a plan does, long before there is a run on record.
      [found] = store.findStages(TAKEN_KEY, 1);
      return found === undefined ? 'nothing found' : 'found';
    }
    case 'begin': {
      const run = { ...NEW_RUN, id: TAKING_RUN, createdAt: Date.now() };
      lease = store.createRun(run, [], { ...currentProcess(), leaseMs: 30_000 });
      return 'begun';
    }
    case 'store': {
      const { hash } = sampleValue(UNTOLD_ARTIFACT.toString());
      const body = new Uint8Array(UNTOLD_ARTIFACT);
      const byteLength = body.length;
      store.saveValue({ codec: 'bytes', type: 'Uint8Array', version: 1, hash, byteLength, body });
      return 'stored';
    }
    case 'take': {
      if (found === undefined || lease === undefined) return 'nothing to take';
      const origin = { runId: found.runId, attempt: found.record.attempt };
      store.commit(lease, sampleBatch({ stages: [{ ...found.record, origin }] }));
      return 'taken';
    }
    case 'end': {
      store.close();
      return 'ended';
    }
  }
}

writeSync(1, 'ready\n');
for await (const line of createInterface({ input: process.stdin })) {
  writeSync(1, `${make(line as Move)}\n`);
}
