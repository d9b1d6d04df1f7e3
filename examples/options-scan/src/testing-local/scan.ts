import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout } from 'node:timers/promises';
import {
  asRunId,
  asStageId,
  type CheckpointStore,
  type ItemRecord,
  openStore,
  type StageRecord,
} from 'millrace';
import type { ScanResult } from '../report/scan-result.ts';
import { runScan } from '../scan/run-scan.ts';
import { readOptions } from '../scan/scan-options.ts';
import { makeUniverse } from '../universe/make-universe.ts';

const LOOK_EVERY_MS = 50;

export interface Printed {
  readonly exitCode: number;
  readonly out: readonly string[];
  readonly notices: readonly string[];
}

/** A folder of its own for the runs, tables, universes and pages of some scans. */
export class TemporaryHome {
  readonly folder = mkdtempSync(join(tmpdir(), 'options-scan-'));
  readonly flag: readonly string[] = ['--home', this.folder];

  /** The folder of the universe that `--tickers N` scans. */
  universe(tickers: number): string {
    return makeUniverse(this.folder, { tickers, seed: 7 });
  }

  /** The program in this process. */
  scan(...argv: readonly string[]): Promise<Printed> {
    return this.scanIn({}, ...argv);
  }

  /** The same with variables of the environment. */
  async scanIn(
    env: Readonly<Record<string, string>>,
    ...argv: readonly string[]
  ): Promise<Printed> {
    const out: string[] = [];
    const notices: string[] = [];
    const options = readOptions([...argv, ...this.flag]);
    const { request } = options;
    if (request.kind === 'help') return { exitCode: 0, out, notices };
    const exitCode = await runScan(
      { ...options, request },
      {
        out: (line) => out.push(line),
        notice: (line) => notices.push(line),
        ticker: (line) => notices.push(line),
        env: { ...process.env, INIT_CWD: '/', ...env },
      },
    );
    return { exitCode, out, notices };
  }

  /** The same for its result. */
  async result(...argv: readonly string[]): Promise<ScanResult> {
    const { out } = await this.scan('--json', ...argv);
    return JSON.parse(out.join('\n'));
  }

  async readStore<T>(read: (store: CheckpointStore) => T | Promise<T>): Promise<T> {
    const store = await openStore(`sqlite:${join(this.folder, 'millrace.db')}`, { readOnly: true });
    try {
      return await read(store);
    } finally {
      await store.close();
    }
  }

  stages(runId: string): Promise<readonly StageRecord[]> {
    return this.readStore((store) => store.loadStages(asRunId(runId)));
  }

  items(runId: string, stage: string): Promise<readonly ItemRecord[]> {
    return this.readStore((store) => store.loadItems(asRunId(runId), asStageId(stage)));
  }

  /** Resolves once so many items of a stage are on record, in whatever process they are done. */
  async itemsCount(runId: string, stage: string, count: number): Promise<void> {
    // Nobody tells that another process has written: it is looked at, and the process is left its time to work.
    while ((await this.items(runId, stage)).length !== count) await setTimeout(LOOK_EVERY_MS);
  }

  /** By key, what the stages of a run wrote: equal hashes are equal values, to the last digit. */
  async hashes(runId: string): Promise<Readonly<Record<string, string>>> {
    const stages = await this.stages(runId);
    const writes = stages.flatMap((stage) => stage.writes);
    return Object.fromEntries(writes.map(({ key, hash }) => [key, hash]));
  }

  /** Rows of the tables. */
  rows(sql: string, ...values: readonly string[]): readonly Readonly<Record<string, unknown>>[] {
    const database = new DatabaseSync(join(this.folder, 'options-scan.db'), { readOnly: true });
    try {
      return database.prepare(sql).all(...values);
    } finally {
      database.close();
    }
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
