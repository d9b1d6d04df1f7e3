import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { BenchFlags } from '../command-line/bench-flags.ts';
import type { Results } from './results.ts';
import type { JudgedTarget } from './target-lines.ts';

const FOLDER = fileURLToPath(new URL('../../results', import.meta.url));

/** The code and the machine that are measured. */
export interface Circumstances {
  /** Undefined outside of a repository. */
  readonly commit: string | undefined;
  /** Files differ from those of the commit. */
  readonly isDirty: boolean;
  readonly date: string;
  readonly node: string;
  readonly cpu: string;
  readonly cores: number;
  /** Mean number of processes at work in the minute before. */
  readonly loadBefore: number;
}

export function readCircumstances(): Circumstances {
  const commit = git('rev-parse', '--short=10', 'HEAD');
  return {
    commit,
    isDirty: commit !== undefined && git('status', '--porcelain') !== '',
    date: new Date().toISOString(),
    node: process.version,
    cpu: cpus()[0]?.model.trim() ?? 'unknown',
    cores: cpus().length,
    loadBefore: loadavg()[0] ?? Number.NaN,
  };
}

/** @returns the path of the written file */
export function writeResults(
  { isQuick, json }: BenchFlags,
  circumstances: Circumstances,
  { cells, series }: Results,
  targets: readonly JudgedTarget[],
): string {
  const path = json === undefined ? defaultPath(circumstances, isQuick) : resolve(json);
  const loadAfter = loadavg()[0] ?? Number.NaN;
  const content = { ...circumstances, loadAfter, isQuick, targets, series, cells: cells.records };
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, `${JSON.stringify(content, null, 2)}\n`);
  return path;
}

function defaultPath({ commit, isDirty }: Circumstances, isQuick: boolean): string {
  const parts = [
    commit ?? 'no-commit',
    ...(isDirty ? ['dirty'] : []),
    ...(isQuick ? ['quick'] : []),
  ];
  return join(FOLDER, `${parts.join('-')}.json`);
}

function git(...args: readonly string[]): string | undefined {
  try {
    return execFileSync('git', args, {
      cwd: dirname(FOLDER),
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim();
  } catch {
    return undefined;
  }
}
