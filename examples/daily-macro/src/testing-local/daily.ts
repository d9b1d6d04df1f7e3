import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { asRunId, type CheckpointStore, openStore } from 'millrace';
import { readOptions } from '../daily/options.ts';
import { runDaily } from '../daily/run-daily.ts';
import type { RunRow } from '../ledger/run-ledger.ts';
import { SqliteRunLedger } from '../ledger/sqlite-run-ledger.ts';

/** A folder of its own for the store, the ledger and the logs of some runs. */
export class TemporaryHome {
  readonly folder = mkdtempSync(join(tmpdir(), 'daily-macro-'));
  /** The program's own options come in front of it. */
  readonly flag: readonly string[] = ['--home', this.folder];

  get ledger(): string {
    return join(this.folder, 'daily-macro.db');
  }

  /** The newest rows of `pipeline_runs` first. */
  async rows(): Promise<readonly RunRow[]> {
    const ledger = new SqliteRunLedger(this.ledger);
    try {
      return await ledger.recent(10);
    } finally {
      await ledger.close();
    }
  }

  async readStore<T>(read: (store: CheckpointStore) => T | Promise<T>): Promise<T> {
    const store = await openStore(`sqlite:${join(this.folder, 'millrace.db')}`, { readOnly: true });
    try {
      return await read(store);
    } finally {
      await store.close();
    }
  }

  /** `STAGE ATTEMPT STATUS` of all attempts in the order of their start. */
  attempts(runId: string): Promise<readonly string[]> {
    return this.readStore(async (store) => {
      const attempts = await store.loadAttempts(asRunId(runId));
      return attempts.map(({ stage, attempt, status }) => `${stage} ${attempt} ${status}`);
    });
  }

  /** By key, what the stages of a run wrote: equal hashes are equal values. */
  hashes(runId: string): Promise<Readonly<Record<string, string>>> {
    return this.readStore(async (store) => {
      const stages = await store.loadStages(asRunId(runId));
      const writes = stages.flatMap((stage) => stage.writes);
      return Object.fromEntries(writes.map(({ key, hash }) => [key, hash]));
    });
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

export interface Printed {
  readonly exitCode: number;
  readonly out: readonly string[];
  readonly notices: readonly string[];
}

/** The program in this process, with what it prints. Switches are read from the environment of the process. */
export async function daily(...argv: readonly string[]): Promise<Printed> {
  const out: string[] = [];
  const notices: string[] = [];
  const options = readOptions(argv, '2000-05-15');
  const { task } = options;
  if (task.kind === 'help') return { exitCode: 0, out, notices };
  const exitCode = await runDaily(
    { ...options, task },
    {
      out: (line) => out.push(line),
      notice: (line) => notices.push(line),
      env: { ...process.env, INIT_CWD: '/' },
    },
  );
  return { exitCode, out, notices };
}

/** Every duration as `0.0s`, its column unchanged in width. */
export function withoutTimes(lines: readonly string[]): readonly string[] {
  return lines.map((line) =>
    line.replace(/^([✓✗] \S+ +| *Total: +)\d+\.\d+s/, (text) => {
      const head = /^(?:[✓✗] \S+|Total:)/.exec(text)?.[0] ?? '';
      return `${head}${'0.0s'.padStart(text.length - head.length)}`;
    }),
  );
}

/** The run id in what was printed. */
export function runIdIn(lines: readonly string[]): string {
  return /^Stored: +run (\S+)/m.exec(lines.join('\n'))?.[1] ?? 'none';
}
