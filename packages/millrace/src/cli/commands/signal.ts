import { hostname } from 'node:os';
import {
  type CheckpointStore,
  didYouMean,
  type RunRecord,
  type SentSignal,
  sendSignal,
} from '@millrace/core';
import { openStore } from '../../facade/open-store.ts';
import type { CommandContext, CommonFlags } from '../command-context.ts';
import { EXIT, type ExitCode } from '../exit-code.ts';
import { listOf } from '../report/words.ts';
import { findRun } from '../runs/find-run.ts';
import { findStore } from '../runs/find-store.ts';
import { lookAtStore } from '../runs/look-at-store.ts';
import { resumeCommand } from '../runs/resume-command.ts';
import { shownRunStatus } from '../runs/shown-status.ts';
import { type SignalDataFlags, signalData } from '../runs/signal-data.ts';
import { shownStore } from '../runs/store-place.ts';

export interface SignalFlags extends CommonFlags, SignalDataFlags {
  readonly stage?: string;
}

interface Named {
  readonly run: string;
  readonly name: string;
}

/** Answers what a run waits for, or will: whoever executes it at the moment, or nobody. */
export async function signal(
  context: CommandContext,
  named: Named,
  flags: SignalFlags,
): Promise<ExitCode> {
  const { cwd } = context;
  const data = signalData(flags, cwd);
  const spec = await findStore(context, { store: flags.store });
  // A store that is not there is not made for it.
  const run = await lookAtStore(spec, (store) => findRun(store, named.run, shownStore(spec, cwd)));
  const store = await openStore(spec);
  let sent: SentSignal;
  try {
    sent = await send(context, store, run, { name: named.name, data, stage: flags.stage });
  } finally {
    await store.close();
  }
  await tell(context, { spec, run, sent, name: named.name, flags });
  return EXIT.succeeded;
}

interface Sendable {
  readonly name: string;
  readonly data: unknown;
  readonly stage: string | undefined;
}

function send(
  { env }: CommandContext,
  store: CheckpointStore,
  { id }: RunRecord,
  { name, data, stage }: Sendable,
): Promise<SentSignal> {
  const sender = `${env.USER ?? env.LOGNAME ?? 'somebody'}@${hostname()}`;
  return sendSignal(store, id, { name, data, stage, sender });
}

interface Told {
  readonly spec: string;
  readonly run: RunRecord;
  readonly sent: SentSignal;
  readonly name: string;
  readonly flags: SignalFlags;
}

async function tell(
  { terminal, cwd, env }: CommandContext,
  { spec, run, sent, name, flags }: Told,
): Promise<void> {
  const status = shownRunStatus(run);
  const isExecuted = status === 'running';
  const resume = isExecuted
    ? undefined
    : await resumeCommand({ runId: run.id, store: spec, cwd, env });
  if (flags.json === true) {
    const { stage } = flags;
    const answers = sent.answers.map(({ stage: id, call }) => ({ stage: id, call }));
    terminal.printJson({ run: run.id, number: sent.number, name, stage, answers, status, resume });
    return;
  }
  terminal.print(`signal ${sent.number} ${JSON.stringify(name)} sent to run ${run.id}`);
  // One that waits in several calls at a time is one stage.
  const stages = new Set(sent.answers.map(({ stage }) => stage));
  for (const stage of stages) terminal.print(`  stage ${stage} waits for it`);
  if (sent.answers.length === 0) {
    const { stage } = flags;
    terminal.notice(stage === undefined ? unawaited(name, sent) : unawaitedBy(stage, name, sent));
  }
  if (!isExecuted)
    terminal.print(`nobody executes the run; resume: ${resume ?? 'millrace resume'}`);
}

/** It may be waited for later, so it is kept all the same. */
function unawaited(name: string, { waits }: SentSignal): string {
  const open = [...new Set(waits.flatMap((wait) => (wait.kind === 'signal' ? [wait.name] : [])))];
  const near = didYouMean(
    name,
    open.filter((other) => other !== name),
  );
  const hint = near === undefined ? '' : `; ${near}`;
  return `note: nothing waits for ${JSON.stringify(name)} yet; it is kept until something does${hint}`;
}

/** The stage may not have begun yet, or there is none like that: nobody can tell while not all are on record. */
function unawaitedBy(stage: string, name: string, { waits }: SentSignal): string {
  const others = [
    ...new Set(
      waits.flatMap((wait) => (wait.kind === 'signal' && wait.name === name ? [wait.stage] : [])),
    ),
  ];
  const signal = JSON.stringify(name);
  const near = didYouMean(stage, others);
  const who = others.length === 0 ? '' : `; ${listOf(others)} waits for ${signal} now`;
  const hint = near === undefined ? '' : `; ${near}`;
  return `note: stage ${JSON.stringify(stage)} does not wait for ${signal} yet; the signal is kept for it${who}${hint}`;
}
