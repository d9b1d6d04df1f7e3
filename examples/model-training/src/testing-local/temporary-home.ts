import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterEach, beforeEach } from '@jest/globals';
import { asRunId, asStageId, type CheckpointStore, openStore, type StageRecord } from 'millrace';
import type { TrainingResult } from '../report/training-result.ts';
import { guarded, type Program } from '../train/guarded.ts';
import { runTraining } from '../train/run-training.ts';

const LOOK_EVERY_MS = 50;

/** One candidate, for trainings in which another matter is looked at. */
export const ONE_CANDIDATE: readonly string[] = [
  '--set',
  'context.candidates=[{"name":"logistic","model":{"kind":"logistic","l2":10}}]',
];

export interface Printed {
  readonly exitCode: number;
  /** All lines of the result. */
  readonly out: string;
  readonly notices: string;
}

/** A folder of its own for the runs, models and pages of some trainings. */
export class TemporaryHome {
  readonly folder = mkdtempSync(join(tmpdir(), 'model-training-'));

  path(name: string): string {
    return join(this.folder, name);
  }

  /** @returns its path */
  write(name: string, text: string): string {
    writeFileSync(this.path(name), text);
    return this.path(name);
  }

  read(name: string): string {
    return readFileSync(this.path(name), 'utf8');
  }

  /** A command in this process, with the folder as its home. */
  async command(
    program: Program,
    argv: readonly string[],
    env: Readonly<Record<string, string>> = {},
  ): Promise<Printed> {
    const out: string[] = [];
    const notices: string[] = [];
    const io = {
      out: (line: string) => void out.push(line),
      notice: (line: string) => void notices.push(line),
      env: { ...process.env, INIT_CWD: '/', ...env },
    };
    const exitCode = await guarded(program, [...argv, '--home', this.folder], io);
    return { exitCode, out: out.join('\n'), notices: notices.join('\n') };
  }

  train(...argv: readonly string[]): Promise<Printed> {
    return this.command(runTraining, argv);
  }

  /** The same for its result; columns are plain arrays. */
  async result(...argv: readonly string[]): Promise<TrainingResult> {
    const { out, notices } = await this.train('--json', ...argv);
    try {
      return JSON.parse(out);
    } catch (cause) {
      throw new Error(`there is no result: ${notices}`, { cause });
    }
  }

  async readStore<T>(read: (store: CheckpointStore) => T | Promise<T>): Promise<T> {
    const store = await openStore(`sqlite:${this.path('millrace.db')}`, { readOnly: true });
    try {
      return await read(store);
    } finally {
      await store.close();
    }
  }

  stages(runId: string): Promise<readonly StageRecord[]> {
    return this.readStore((store) => store.loadStages(asRunId(runId)));
  }

  /** The candidates of a run that are done, once they are so many, in whatever process they are trained. */
  async candidatesDone(runId: string, count: number): Promise<readonly string[]> {
    const [run, stage] = [asRunId(runId), asStageId('training')];
    for (;;) {
      const items = await this.readStore((store) => store.loadItems(run, stage));
      if (items.length >= count) return items.map(({ key }) => key).sort();
      // Nobody tells that another process has written: it is looked at, and the process is left its time to work.
      await setTimeout(LOOK_EVERY_MS);
    }
  }

  /** By key, what the stages of a run wrote: equal hashes are equal values, to the last digit. */
  async hashes(runId: string): Promise<Readonly<Record<string, string>>> {
    const stages = await this.stages(runId);
    const writes = stages.flatMap((stage) => stage.writes);
    return Object.fromEntries(writes.map(({ key, hash }) => [key, hash]));
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** One for each test of the file. @returns it, while a test runs */
export function useTemporaryHome(): () => TemporaryHome {
  let home: TemporaryHome;
  beforeEach(() => {
    home = new TemporaryHome();
  });
  afterEach(() => home.remove());
  return () => home;
}
