import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import {
  type CheckpointStore,
  type Durability,
  generateChain,
  generateLayered,
  MemoryStore,
  type ModelPipeline,
  PipelineExecutor,
} from '@millrace/core';
import { openSqliteStore } from '@millrace/sqlite';
import { allocatedBytes } from './testing-local/allocated-bytes.ts';
import { combining, filling } from './testing-local/costed-pipeline.ts';
import { CountingStore, type StoreCounts } from './testing-local/counting-store.ts';

/*
 * What a run costs, counted: writes, transactions, bytes, encodings, allocations. A number that goes up here makes every
 * run slower; raise one only for something that is worth it to every user.
 */

const LAYERS = generateLayered({ layers: 10, width: 30, maxNeeds: 3, seed: 7 });

async function execute(
  pipeline: ModelPipeline,
  store: CheckpointStore,
  durability: Durability = 'strict',
): Promise<void> {
  const handle = await new PipelineExecutor({ store }).start(pipeline, { durability });
  const { status } = await handle.result;
  expect(status).toBe('succeeded');
}

async function countsOf(
  pipeline: ModelPipeline,
  inner: CheckpointStore,
  durability?: Durability,
): Promise<StoreCounts> {
  const store = new CountingStore(inner);
  await execute(pipeline, store, durability);
  return store.counts;
}

/** @param body gets the path of a file that is gone afterwards */
async function inFile<Value>(body: (path: string) => Promise<Value>): Promise<Value> {
  const folder = mkdtempSync(join(tmpdir(), 'millrace-cost-'));
  try {
    return await body(join(folder, 'millrace.db'));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

describe('a stage', () => {
  test('is one stage record and two events, and a short output no value', async () => {
    const { values, attempts, stages, events } = await countsOf(
      combining(LAYERS),
      new MemoryStore(),
    );
    // The run begins and ends.
    expect({ values, stages, events }).toEqual({
      values: 0,
      stages: LAYERS.length,
      events: 2 * LAYERS.length + 2,
    });
    // One for its start, and one for its end.
    expect(attempts).toBeLessThanOrEqual(2 * LAYERS.length);
  });

  test('with a long output is one value, encoded once', async () => {
    const stringify = JSON.stringify;
    let encodings = 0;
    Reflect.set(JSON, 'stringify', (value: unknown, ...rest: []) => {
      if (typeof value === 'string' && value.length === 1000) encodings++;
      return stringify(value, ...rest);
    });
    try {
      const { values, valueBytes } = await countsOf(filling(20, 1000), new MemoryStore());
      expect({ values, encodings }).toEqual({ values: 20, encodings: 20 });
      expect(valueBytes).toBe(20 * 1002);
    } finally {
      Reflect.set(JSON, 'stringify', stringify);
    }
  });

  test('makes no store read anything of a new run', async () => {
    // That there is no earlier run whose durations tell of this one.
    expect((await countsOf(combining(LAYERS), new MemoryStore())).reads).toBe(0);
  });
});

describe('transactions of a durable run', () => {
  const transactions = (pipeline: ModelPipeline, durability: Durability): Promise<StoreCounts> =>
    inFile(async (path) => {
      const store = openSqliteStore(path);
      const counts = await countsOf(pipeline, store, durability);
      store.close();
      return counts;
    });

  test('of a chain are one a stage where each waits for the one before', async () => {
    const { commits, synced } = await transactions(combining(generateChain(50)), 'strict');
    expect(synced).toBe(51);
    expect(commits).toBeLessThanOrEqual(52);
  });

  test('of layers are fewer than three a layer, and tell of most attempts once', async () => {
    const { commits, attempts } = await transactions(combining(LAYERS), 'strict');
    expect(commits).toBeLessThanOrEqual(30);
    expect(attempts).toBeLessThanOrEqual(1.1 * LAYERS.length);
  });

  test('of a chain are few where nobody waits', async () => {
    const { commits } = await transactions(combining(generateChain(200)), 'pipelined');
    expect(commits).toBeLessThanOrEqual(10);
  });
});

describe('bytes on disk', () => {
  const bytesOf = (pipeline: ModelPipeline): Promise<number> =>
    inFile(async (path) => {
      const store = openSqliteStore(path);
      await execute(pipeline, store);
      store.close();
      return statSync(path).size;
    });

  test('of a small stage', async () => {
    const empty = await bytesOf(combining(generateChain(1)));
    const grown = await bytesOf(
      combining(generateLayered({ layers: 20, width: 50, maxNeeds: 3, seed: 7 })),
    );
    const perStage = (grown - empty) / 1000;
    console.log(`${perStage.toFixed(0)} bytes on disk a stage`);
    expect(perStage).toBeLessThan(600);
  });

  test('of values that add up are those of the values, and little more', async () => {
    const share = (await bytesOf(filling(100, 10_000))) / (100 * 10_000);
    console.log(`${share.toFixed(2)} bytes on disk for each byte of a value`);
    expect(share).toBeLessThan(1.3);
  });
});

test('a stage in memory allocates little', async () => {
  const nodes = generateLayered({ layers: 20, width: 50, maxNeeds: 3, seed: 7 });
  // What is compiled and cached once is no part of a stage.
  await execute(combining(nodes), new MemoryStore());
  const bytes = await allocatedBytes(() => execute(combining(nodes), new MemoryStore()));
  const perStage = bytes / nodes.length;
  console.log(`${(perStage / 1000).toFixed(1)} kB allocated a stage, its definition included`);
  expect(perStage).toBeLessThan(34_000);
});
