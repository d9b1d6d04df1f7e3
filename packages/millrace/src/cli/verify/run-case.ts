import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { type Breach, checkCase, type Death } from './check-case.ts';
import type { KillCase } from './kill-case.ts';
import { passedPoints } from './passed-points.ts';
import type { Reference } from './reference.ts';
import { runSessionProcess, type SessionCommand, type SessionEnd } from './session-process.ts';
import { readStoredRun, type StoredRun } from './stored-run.ts';
import type { TortureSubject } from './torture-subject.ts';

export interface CaseResult {
  readonly kills: number;
  readonly sessions: number;
  readonly breaches: readonly Breach[];
  /** From the start of a resume's process to the start of its first stage; undefined where none was resumed. */
  readonly recoveryMs: number | undefined;
}

/** After so many sessions without a kill a run that does not end never will. */
const MOST_SESSIONS = 3;

/** Kills a run as the case says, resumes it to its end, and compares what it came to. */
export async function runCase(
  killCase: KillCase,
  path: string,
  { subject, reference }: { readonly subject: TortureSubject; readonly reference: Reference },
): Promise<CaseResult> {
  // The names of crash points lie beside the database, whose folder a run makes later.
  await mkdir(dirname(path), { recursive: true });
  const deaths: Death[] = [];
  const ends: SessionEnd[] = [];
  let run: StoredRun | undefined;
  const next = async (kill: Pick<SessionCommand, 'crashAt' | 'killAfterMs'>): Promise<boolean> => {
    if (run !== undefined && run.status !== 'running') return false;
    const command =
      run === undefined ? subject.runCommand(path) : subject.resumeCommand(path, run.id);
    const crashLog = `${path}.${ends.length + 1}.points`;
    const end = await runSessionProcess({ ...command, ...kill, crashLog });
    ends.push(end);
    run = await readStoredRun(path);
    if (end.wasKilled) deaths.push({ run, passed: await passedPoints(crashLog) });
    return end.wasKilled;
  };
  for (const kill of killsOf(killCase, reference.durationMs)) if (!(await next(kill))) break;
  for (let session = 0; session < MOST_SESSIONS; session++) if (!(await next({}))) break;
  return {
    kills: deaths.length,
    sessions: ends.length,
    breaches: await checkCase({ path, run, deaths, ends, subject, reference }),
    recoveryMs: recoveryOf(run, ends),
  };
}

function killsOf(
  killCase: KillCase,
  durationMs: number,
): readonly Pick<SessionCommand, 'crashAt' | 'killAfterMs'>[] {
  return killCase.kind === 'points'
    ? killCase.points.map((crashAt) => ({ crashAt }))
    : killCase.shares.map((share) => ({ killAfterMs: share * durationMs }));
}

/** The longest of the resumes in which a stage started. */
function recoveryOf(run: StoredRun | undefined, ends: readonly SessionEnd[]): number | undefined {
  const waits = ends.slice(1).flatMap(({ startedAt, durationMs }) => {
    const first = run?.events.find(
      ({ type, at }) => type === 'stage.started' && at >= startedAt && at <= startedAt + durationMs,
    );
    return first === undefined ? [] : [first.at - startedAt];
  });
  return waits.length === 0 ? undefined : Math.max(...waits);
}
