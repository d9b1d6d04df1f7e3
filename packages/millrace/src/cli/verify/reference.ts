import { join } from 'node:path';
import { MillraceError } from '@millrace/core';
import { passedPoints } from './passed-points.ts';
import { runSessionProcess, type SessionEnd } from './session-process.ts';
import { readStoredRun, type StoredRun } from './stored-run.ts';
import type { TortureSubject } from './torture-subject.ts';

/** What a run without a kill comes to. */
export interface Reference {
  readonly run: StoredRun;
  readonly durationMs: number;
  /** In the order in which they are passed, each once. */
  readonly points: readonly string[];
  /** Those that a resume passes after a kill at `middle`. */
  readonly resumePoints: readonly string[];
  readonly middle: string;
  /** Context keys that two such runs leave with different values, so that nothing can be told of them. */
  readonly unstable: readonly string[];
}

/** Runs a pipeline twice without a kill, and once with one, to know what to compare with. @throws MillraceError VERIFY_IMPOSSIBLE */
export async function findReference(subject: TortureSubject): Promise<Reference> {
  const first = await session(subject, 'reference-1');
  const second = await session(subject, 'reference-2');
  const keys = new Set([...Object.keys(first.run.context), ...Object.keys(second.run.context)]);
  const unstable = [...keys].filter((key) => first.run.context[key] !== second.run.context[key]);
  const succeeded = first.points.filter((point) => point.startsWith('after:stage.succeeded:'));
  const middle = succeeded[Math.floor(succeeded.length / 2)] ?? 'after:createRun#1';
  return {
    run: first.run,
    durationMs: Math.min(first.end.durationMs, second.end.durationMs),
    points: first.points,
    resumePoints: await pointsOfResume(subject, middle),
    middle,
    unstable,
  };
}

interface WholeSession {
  readonly end: SessionEnd;
  readonly run: StoredRun;
  readonly points: readonly string[];
}

async function session(subject: TortureSubject, name: string): Promise<WholeSession> {
  const path = subject.storeOf(name);
  const crashLog = join(subject.folder, `${name}.points`);
  const end = await runSessionProcess({ ...subject.runCommand(path), crashLog });
  const run = await readStoredRun(path);
  if (run === undefined || run.status === 'running' || run.status === 'cancelled') {
    throw new MillraceError('VERIFY_IMPOSSIBLE', 'the run without a kill did not come to an end', {
      details: { exit: end.exit, output: end.output },
      help: `run it once by itself: ${subject.shownRun}`,
    });
  }
  return { end, run, points: await passedPoints(crashLog) };
}

async function pointsOfResume(subject: TortureSubject, middle: string): Promise<readonly string[]> {
  const path = subject.storeOf('reference-3');
  await runSessionProcess({ ...subject.runCommand(path), crashAt: middle });
  const run = await readStoredRun(path);
  if (run?.status !== 'running') return [];
  const crashLog = join(subject.folder, 'reference-3.points');
  await runSessionProcess({ ...subject.resumeCommand(path, run.id), crashLog });
  return passedPoints(crashLog);
}
