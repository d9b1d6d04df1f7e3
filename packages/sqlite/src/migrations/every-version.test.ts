import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { asStageId, type ItemRecord } from '@millrace/core';
import type { Damage } from '../damage.ts';
import { migrate } from '../migrate.ts';
import { openSqliteStore } from '../open-sqlite-store.ts';
import {
  CREATED_AT,
  OWNER,
  RUN,
  sampleBatch,
  sampleStage,
} from '../testing-local/sample-records.ts';
import { createTemporaryFolder, removeFolder } from '../testing-local/temporary-folder.ts';
import { OLD_RECORDS, openVersionOneFile } from '../testing-local/version-one-file.ts';
import { MIGRATIONS } from './index.ts';

const VERSIONS = MIGRATIONS.map(({ version }) => version);
const MAP = asStageId('map');

const ITEM: ItemRecord = {
  stage: MAP,
  key: 'a',
  attempt: 1,
  status: 'succeeded',
  tries: 1,
  startedAt: CREATED_AT,
  durationMs: 1.5,
  itemHash: 'text a',
  basis: 'ba5e'.repeat(16),
  result: 'f00d'.repeat(16),
};
const MAPPED = sampleStage('map', { items: { total: 1, failed: 0, kept: 0 } });

let folder: string;
let path: string;

beforeEach(() => {
  folder = createTemporaryFolder();
  path = join(folder, 'millrace.db');
});
afterEach(() => removeFolder(folder));

describe.each(VERSIONS)('a file of version %i', (version) => {
  it('is read without loss, and gone on with', () => {
    const old = openVersionOneFile(path);
    migrate(old, path, MIGRATIONS.slice(0, version));
    old.close();
    const damages: Damage[] = [];
    const store = openSqliteStore(path, { onDamage: (damage) => damages.push(damage) });
    try {
      expect(store.findRun(RUN)).toEqual(OLD_RECORDS.run);
      expect(store.loadStages(RUN)).toEqual(OLD_RECORDS.stages);
      expect(store.loadAttempts(RUN)).toEqual(OLD_RECORDS.attempts);
      expect(store.loadEvents(RUN, 0, 9)).toEqual(OLD_RECORDS.events);
      expect(store.loadItems(RUN, MAP)).toEqual([]);
      expect([store.loadWaits(RUN), store.loadSignals(RUN, 0)]).toEqual([[], []]);
      store.acquireRun(RUN, OWNER, { fence: 1 });
      store.commit({ runId: RUN, fence: 2 }, sampleBatch({ stages: [MAPPED], items: [ITEM] }));
      expect(store.loadItems(RUN, MAP)).toEqual([ITEM]);
      expect(store.loadStages(RUN)).toEqual([...OLD_RECORDS.stages, MAPPED]);
    } finally {
      store.close();
    }
    expect(damages).toEqual([]);
  });
});
