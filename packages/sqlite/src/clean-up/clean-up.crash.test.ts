import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import {
  asRunId,
  type CleanUpReport,
  cleanUp,
  planCleanUp,
  type RetentionPolicy,
  type RunId,
} from '@millrace/core';
import { checkStoreFile } from '../check-store-file.ts';
import { openSqliteStore } from '../open-sqlite-store.ts';
import type { SqliteStore } from '../sqlite-store.ts';
import {
  CREATED_AT,
  NEW_RUN,
  OWNER,
  sampleBatch,
  sampleStage,
  sampleValue,
} from '../testing-local/sample-records.ts';
import {
  type Move,
  TAKEN_KEY,
  TAKING_RUN,
  UNTOLD_ARTIFACT,
} from '../testing-local/taking-moves.ts';
import { inTemporaryFolder } from '../testing-local/temporary-folder.ts';

const HOOK = new URL('../testing-local/source-packages.ts', import.meta.url).href;
const NODE_ARGS = ['--disable-warning=ExperimentalWarning', '--import', HOOK];
const MORTAL = fileURLToPath(new URL('../testing-local/mortal-clean-up.ts', import.meta.url));
const TAKING = fileURLToPath(new URL('../testing-local/taking-process.ts', import.meta.url));
const FINISH = { status: 'succeeded', finishedAt: CREATED_AT + 9, durationMs: 1 } as const;
const LARGE = 'x'.repeat(5000);

interface Report {
  readonly deleted: readonly RunId[];
  readonly points: readonly string[];
}

/** Each run shares a value with the one before it, and has a small and a large one of its own. */
function writeRuns(store: SqliteStore, count: number): void {
  for (let number = 0; number < count; number++) {
    const id = asRunId(`20260102-03040${number}-abcdefgh`);
    const createdAt = CREATED_AT + number;
    const bodies = [number, number + 1].map((at) => `"shared ${at}"`);
    const values = [...bodies, `"own ${number}"`, `"${number} ${LARGE}"`].map(sampleValue);
    const writes = values.map(({ hash }, at) => ({
      key: `key ${at}`,
      kind: 'value' as const,
      hash,
    }));
    const lease = store.createRun({ ...NEW_RUN, id, createdAt }, [], OWNER);
    const stages = [sampleStage('a', { writes, cacheKey: TAKEN_KEY })];
    store.commit(lease, sampleBatch({ values, stages, finish: FINISH }));
  }
}

/** All that a store holds, once everything in it was found sound. */
function contentOf(path: string): object {
  const damages: unknown[] = [];
  const store = openSqliteStore(path, { onDamage: (damage) => damages.push(damage) });
  const runs = store.listRuns({}).map(({ id }) => {
    const stages = store.loadStages(id);
    const hashes = stages.flatMap(({ writes }) => writes.map(({ hash }) => hash));
    for (const hash of hashes) expect(store.loadValue(hash)).toBeDefined();
    return { id, stages };
  });
  const found = store.findStages(TAKEN_KEY, 99).map(({ runId }) => runId);
  expect(found.toSorted()).toEqual(runs.map(({ id }) => id).toSorted());
  const { leftovers } = store.measure([]);
  store.close();
  expect(checkStoreFile(path)).toEqual([]);
  expect(damages).toEqual([]);
  const files = readdirSync(`${path}.artifacts`, { recursive: true });
  return { runs, leftovers, files: files.filter((name) => String(name).length > 60).toSorted() };
}

function cleanUpInChild(path: string, killPoint?: string): Report | undefined {
  const args = [...NODE_ARGS, MORTAL, path, ...(killPoint === undefined ? [] : [killPoint])];
  const child = spawnSync(process.execPath, args, { encoding: 'utf8' });
  if (child.signal === 'SIGKILL') return undefined;
  expect({ stderr: child.stderr, status: child.status }).toEqual({ stderr: '', status: 0 });
  return JSON.parse(child.stdout) as Report;
}

function prepare(folder: string): string {
  const path = join(folder, 'millrace.db');
  const store = openSqliteStore(path, { inlineLimitBytes: 100 });
  writeRuns(store, 4);
  store.close();
  return path;
}

describe('a clean-up that is killed at a named write', () => {
  it('leaves a sound store at each of them, and the next one finishes the work', async () => {
    await inTemporaryFolder((folder) => {
      const source = join(folder, 'source');
      const path = prepare(source);
      const copyNamed = (name: string): string => {
        cpSync(source, join(folder, name), { recursive: true });
        return join(folder, name, 'millrace.db');
      };
      const uninterrupted = copyNamed('whole');
      const whole = cleanUpInChild(uninterrupted);
      const expected = contentOf(uninterrupted);
      expect(expected).toMatchObject({ leftovers: { values: 0, bytes: 0 } });
      expect(whole?.deleted).toHaveLength(2);
      // Two deletions and a sweep of several steps, each before and after.
      expect(whole?.points.length).toBeGreaterThanOrEqual(14);
      for (const point of whole?.points ?? []) {
        const copied = copyNamed(point.replaceAll(/[#:]/g, '-'));
        expect(cleanUpInChild(copied, point)).toBeUndefined();
        contentOf(copied);
        cleanUpInChild(copied);
        expect(contentOf(copied)).toEqual(expected);
      }
      expect(contentOf(path)).toMatchObject({ leftovers: { values: 0 } });
    });
  }, 120_000);
});

class Taker {
  readonly #process: ChildProcess;
  readonly #answers: AsyncIterator<string>;

  constructor(path: string) {
    this.#process = spawn(process.execPath, [...NODE_ARGS, TAKING, path], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    const { stdout } = this.#process;
    if (stdout === null) throw new TypeError('the child has no stdout');
    this.#answers = createInterface({ input: stdout })[Symbol.asyncIterator]();
  }

  async ready(): Promise<unknown> {
    return (await this.#answers.next()).value;
  }

  async do(move: Move): Promise<unknown> {
    this.#process.stdin?.write(`${move}\n`);
    return (await this.#answers.next()).value;
  }

  async end(): Promise<void> {
    const ended = once(this.#process, 'exit');
    this.#process.stdin?.end();
    await ended;
  }
}

const ALL: RetentionPolicy = { keep: 0, unfinished: true };

async function collect(store: SqliteStore, more: RetentionPolicy = {}): Promise<CleanUpReport> {
  return cleanUp(store, await planCleanUp(store, { ...ALL, ...more }));
}

describe('a clean-up beside another process', () => {
  it('leaves what that one has found and is about to take over, before and after its run is on record', async () => {
    await inTemporaryFolder(async (folder) => {
      const path = prepare(folder);
      const taker = new Taker(path);
      expect(await taker.ready()).toBe('ready');
      expect(await taker.do('look')).toBe('found');
      const store = openSqliteStore(path, { inlineLimitBytes: 100 });
      const [newest] = store.listRuns({ limit: 1 });
      const deleteRuns = newest === undefined ? [] : [newest.id];
      const first = await collect(store, { deleteRuns });
      expect(first.deleted.map(({ run }) => run.id)).toEqual(deleteRuns);
      expect(first.waiting.values).toBeGreaterThan(0);
      expect(await taker.do('begin')).toBe('begun');
      expect((await collect(store)).deleted.map(({ run }) => run.id)).not.toContain(TAKING_RUN);
      expect(await taker.do('store')).toBe('stored');
      await collect(store);
      expect(await taker.do('take')).toBe('taken');
      await collect(store);
      const [taken] = store.loadStages(TAKING_RUN);
      expect(taken?.writes).toHaveLength(4);
      for (const { hash } of taken?.writes ?? []) expect(store.loadValue(hash)).toBeDefined();
      const untold = sampleValue(UNTOLD_ARTIFACT.toString()).hash;
      expect(store.loadValue(untold)).toBeDefined();
      expect(await taker.do('end')).toBe('ended');
      await taker.end();
      // Its run was interrupted by now, and what it had not told of is nobody's.
      const last = await collect(store, { unfinished: false });
      expect(last.waiting).toEqual({ values: 0, bytes: 0 });
      expect(store.loadValue(untold)).toBeUndefined();
      for (const { hash } of taken?.writes ?? []) expect(store.loadValue(hash)).toBeDefined();
      store.close();
    });
  }, 60_000);
});
