import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import {
  asStageId,
  type EncodedValue,
  type Lease,
  MillraceError,
  type RunEvent,
  type StageRecord,
} from '@millrace/core';
import { type Damage, describeDamage } from './damage.ts';
import { openSqliteStore } from './open-sqlite-store.ts';
import { createFileStore, type FileStore } from './testing-local/file-store.ts';
import {
  CREATED_AT,
  NEW_RUN,
  OWNER,
  RUN,
  sampleBatch,
  sampleStage,
  sampleValue,
} from './testing-local/sample-records.ts';
import { thrownBy } from './testing-local/thrown-by.ts';
import { VersionFiveWriter } from './testing-local/version-five-writer.ts';

let file: FileStore;
let lease: Lease;

const STAGES = ['a', 'b', 'c'].map((name) => sampleStage(name));

beforeEach(() => {
  file = createFileStore();
  lease = file.store.createRun(NEW_RUN, [], OWNER);
  file.store.commit(lease, sampleBatch({ stages: STAGES }));
});
afterEach(() => file.cleanUp());

function startedEvent(seq: number): RunEvent {
  const stage = asStageId('a');
  return { seq, runId: RUN, type: 'stage.started', at: CREATED_AT, stage, attempt: 1 };
}

describe('a damaged record', () => {
  it('is left out of the attempts', () => {
    const attempt = { stage: asStageId('a'), attempt: 1, fence: 1, startedAt: CREATED_AT } as const;
    const attempts = [1, 2].map((number) => ({
      ...attempt,
      attempt: number,
      status: 'running' as const,
    }));
    file.store.commit(lease, sampleBatch({ attempts }));
    file.database.exec("UPDATE attempts SET status = 'walking' WHERE attempt = 1");
    expect(file.store.loadAttempts(RUN)).toEqual(attempts.slice(1));
    expect(file.damages).toMatchObject([{ table: 'attempts', record: 'a #1' }]);
  });

  it('is left out of the events, with those of its commit', () => {
    const events = [1, 2, 3, 4, 5].map(startedEvent);
    for (const [from, to] of [
      [0, 2],
      [2, 3],
      [3, 5],
    ]) {
      file.store.commit(lease, sampleBatch({ events: events.slice(from, to) }));
    }
    file.database.exec('UPDATE event_groups SET at = at + 1 WHERE first_seq = 1');
    file.database.exec(
      "UPDATE event_groups SET body = replace(body, 'a', 'b') WHERE first_seq = 3",
    );
    expect(file.store.loadEvents(RUN, 0, 9)).toEqual(events.slice(3));
    const reason = 'its checksum does not match';
    expect(file.damages).toEqual([
      { table: 'events', runId: RUN, record: '1-2', reason },
      { table: 'events', runId: RUN, record: '3', reason },
    ]);
  });

  it('is left out of the events that an older version wrote', () => {
    const events = [1, 2, 3].map(startedEvent);
    new VersionFiveWriter(file.database).commit(lease, sampleBatch({ events }));
    file.database.exec("UPDATE event_rows SET details = '{' WHERE seq = 1");
    file.database.exec("UPDATE event_rows SET details = '[1]' WHERE seq = 2");
    expect(file.store.loadEvents(RUN, 0, 9)).toEqual(events.slice(2));
    expect(file.damages).toMatchObject([
      { table: 'events', record: '1', reason: 'details: is not JSON' },
      { table: 'events', record: '2' },
    ]);
  });

  it('is an error when it is the run that was asked for, and is left out of a list', () => {
    file.database.exec("UPDATE runs SET pipeline = 'weekly'");
    const error = thrownBy(() => file.store.findRun(RUN));
    expect(error).toMatchObject({
      code: 'STORE_CORRUPT',
      details: { path: file.path, runId: RUN },
    });
    expect(error.message).toContain(RUN);
    expect(file.store.listRuns({})).toEqual([]);
    expect(file.damages).toMatchObject([{ table: 'runs', runId: RUN }]);
  });

  it('is not there when it is a value without its file, or of an unknown codec', () => {
    const [big, small] = [sampleValue(`"${'x'.repeat(200)}"`), sampleValue('1')];
    file.store.commit(lease, sampleBatch({ values: [big, small] }));
    rmSync(`${file.path}.artifacts`, { recursive: true });
    file.database.exec(`UPDATE "values" SET codec = 'gzip' WHERE hash = '${small.hash}'`);
    expect(file.store.loadValue(big.hash)).toBeUndefined();
    expect(file.store.loadValue(small.hash)).toBeUndefined();
    expect(file.damages).toMatchObject([
      { table: 'values', record: big.hash, reason: `its artifact file ${fileOf(big)} is missing` },
      { table: 'values', record: small.hash },
    ]);
  });
});

describe('a damaged value', () => {
  it('is given as it is, for the codec to refuse, and replaced when it is stored again', () => {
    const [big, small] = [sampleValue(`"${'x'.repeat(200)}"`), sampleValue('1')];
    const batch = sampleBatch({ values: [big, small] });
    file.store.commit(lease, batch);
    const otherBody = big.body.toString().replaceAll('x', 'y');
    writeFileSync(fileOf(big), otherBody);
    file.database.exec(`UPDATE "values" SET body = '2' WHERE hash = '${small.hash}'`);
    expect(file.store.loadValue(big.hash)?.body).toBe(otherBody);
    expect(file.store.loadValue(small.hash)?.body).toBe('2');
    file.store.commit(lease, batch);
    expect(file.store.loadValue(big.hash)).toEqual(big);
    expect(file.store.loadValue(small.hash)).toEqual(small);
    expect(file.damages).toEqual([]);
  });
});

describe('a large value whose file is cut off', () => {
  it('is not there, and the file is named', () => {
    const big = sampleValue(`"${'x'.repeat(200)}"`);
    file.store.commit(lease, sampleBatch({ values: [big] }));
    writeFileSync(fileOf(big), '"xx');
    expect(file.store.loadValue(big.hash)).toBeUndefined();
    expect(file.damages).toMatchObject([
      { reason: `its artifact file ${fileOf(big)} has 3 bytes instead of 202` },
    ]);
  });
});

describe('a flipped byte anywhere in the file', () => {
  it('never makes a stage what it was not', () => {
    const stages = Array.from({ length: 60 }, (_, number) =>
      sampleStage(`stage ${number}`, {
        basis: { code: 'c0de', params: '', inputs: [['input', `bars ${number}`, 'f00d']] },
        cacheKey: 'key',
      }),
    );
    file.store.commit(lease, sampleBatch({ stages }));
    file.store.close();
    const bytes = readFileSync(file.path);
    const known = new Map([...STAGES, ...stages].map((stage) => [stage.stage, stage]));
    const copy = join(file.folder, 'copy.db');
    const codes = new Set<string>();
    // A stride that is prime to the page size visits every part of the pages.
    for (let place = 18; place < bytes.length; place += 397) {
      const flipped = Buffer.from(bytes);
      flipped.writeUInt8(flipped.readUInt8(place) ^ (1 << (place % 8)), place);
      writeFileSync(copy, flipped);
      for (const stage of stagesOf(copy, codes)) expect(stage).toEqual(known.get(stage.stage));
      rmSync(copy);
    }
    expect([...codes].every((code) => code.startsWith('STORE_'))).toBe(true);
  });
});

function fileOf({ hash }: Pick<EncodedValue, 'hash'>): string {
  return join(`${file.path}.artifacts`, hash.slice(0, 2), hash);
}

/** What can be read; the code of a refusal is kept. */
function stagesOf(path: string, codes: Set<string>): readonly StageRecord[] {
  try {
    const store = openSqliteStore(path, { readOnly: true, onDamage: () => {} });
    try {
      const found = store.findStages('key', 99).map(({ record }) => record);
      return [...store.loadStages(RUN), ...found];
    } finally {
      store.close();
    }
  } catch (thrown) {
    if (!(thrown instanceof MillraceError)) throw thrown;
    codes.add(thrown.code);
    return [];
  }
}

describe('describeDamage', () => {
  it.each<[Damage, string]>([
    [
      { table: 'stages', runId: 'r1', record: 'score', reason: 'its checksum does not match' },
      'stage score of run r1 is damaged and counts as not there: its checksum does not match',
    ],
    [
      { table: 'runs', runId: 'r1', record: 'r1', reason: 'status: odd' },
      'run r1 is damaged and counts as not there: status: odd',
    ],
    [
      { table: 'values', record: 'ab12', reason: 'its artifact file is missing' },
      'value ab12 is damaged and counts as not there: its artifact file is missing',
    ],
  ])('names the record of %j', (damage, text) => {
    expect(describeDamage(damage)).toBe(text);
  });
});
