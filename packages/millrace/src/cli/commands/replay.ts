import { resolve } from 'node:path';
import {
  type Capsule,
  capsuleChanges,
  MillraceError,
  type ParamChange,
  type Replay,
  replayCapsule,
} from '@millrace/core';
import { loadCapsule } from '../capsule/capsule-file.ts';
import { type ReplayedStage, replayedStage, type StagePlace } from '../capsule/replayed-stage.ts';
import { secretFinder } from '../capsule/stage-capsule.ts';
import { leaveDebugger, pausingClass, waitForDebugger } from '../capsule/wait-for-debugger.ts';
import type { CommandContext } from '../command-context.ts';
import { EXIT, type ExitCode } from '../exit-code.ts';
import { endProcess } from '../exit-guard.ts';
import { replayHeadLines, replayJson, replayLines } from '../report/replay-report.ts';
import { readAssignments } from '../runs/load-for-command.ts';

export interface ReplayFlags extends StagePlace {
  /** `name=value`, as written; params. */
  readonly with?: readonly string[];
  /** `name=value`, as written. */
  readonly input?: readonly string[];
  readonly inspect?: boolean;
  readonly inspectPort?: number;
  readonly json?: boolean;
}

const DEFAULT_PORT = 9229;

/** Tries the stage of a capsule once more, with what it was given then and the code as it is now. */
export async function replay(
  context: CommandContext,
  name: string,
  flags: ReplayFlags,
): Promise<ExitCode> {
  const { terminal, cwd, env } = context;
  const capsule = await loadCapsule(resolve(cwd, name), name);
  const paramChanges = await readParamChanges(flags.with);
  const inputs = await readAssignments('--input', flags.input);
  const replayed = await replayedStage(context, capsule, flags);
  const { stage } = replayed;
  const changes = stage === undefined ? [] : await capsuleChanges(capsule, stage);
  const told = { capsule, file: name, from: replayed.from, changes, isKnown: stage !== undefined };
  if (flags.json !== true) terminal.print(replayHeadLines(told, terminal.paint).join('\n'));
  const result = await attempt(context, { capsule, replayed, paramChanges, inputs, flags });
  if (flags.json === true) terminal.printJson(replayJson(told, result));
  else {
    const options = { cwd, env, paint: terminal.paint };
    terminal.print(replayLines(capsule, result, options).join('\n'));
  }
  return EXIT[result.outcome];
}

interface AttemptAsked {
  readonly capsule: Capsule;
  readonly replayed: ReplayedStage;
  readonly paramChanges: readonly ParamChange[];
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly flags: ReplayFlags;
}

async function attempt(
  { terminal }: CommandContext,
  { capsule, replayed, paramChanges, inputs, flags }: AttemptAsked,
): Promise<Replay> {
  const { stageClass, stage, params } = replayed;
  const inspects = flags.inspect === true;
  // A process that waits for a debugger hears no signal, and so must not listen for one.
  const stop = inspects ? undefined : stopOnSignals();
  if (inspects) waitForDebugger(flags.inspectPort ?? DEFAULT_PORT);
  try {
    return await replayCapsule(capsule, inspects ? pausingClass(stageClass) : stageClass, {
      params,
      paramChanges,
      inputs,
      map: stage?.map,
      redact: terminal.redact,
      holdsSecret: secretFinder(terminal.hidden),
      ...(stop === undefined ? {} : { signal: stop.signal }),
      ...(inspects ? { timeoutMs: null } : {}),
    });
  } finally {
    stop?.end();
    if (inspects) leaveDebugger();
  }
}

/** The first signal aborts the attempt, the second ends the process. */
function stopOnSignals(): { readonly signal: AbortSignal; readonly end: () => void } {
  const controller = new AbortController();
  const heard = (): void => {
    if (controller.signal.aborted) endProcess(EXIT.cancelled);
    controller.abort();
  };
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  for (const signal of signals) process.on(signal, heard);
  const end = (): void => {
    for (const signal of signals) process.off(signal, heard);
  };
  return { signal: controller.signal, end };
}

async function readParamChanges(
  written: readonly string[] | undefined,
): Promise<readonly ParamChange[]> {
  if (written === undefined) return [];
  const { parsePath } = await import('@millrace/config');
  return Object.entries(await readAssignments('--with', written)).map(([name, value]) => {
    const path = parsePath(name);
    if (path.ok) return { path: path.value, value };
    throw new MillraceError('USAGE', `--with ${name}: ${path.problem}`, {
      details: { flag: '--with', text: name },
    });
  });
}
