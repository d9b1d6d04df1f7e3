import {
  type CheckpointStore,
  didYouMean,
  MillraceError,
  type RunRecord,
  readContext,
} from '@millrace/core';
import { openStore } from '../../facade/open-store.ts';
import type { CommandContext, CommonFlags } from '../command-context.ts';
import { EXIT, type ExitCode } from '../exit-code.ts';
import { eventLine } from '../report/event-line.ts';
import { runReportJson, runReportLines } from '../report/run-report-text.ts';
import { stageReportLines } from '../report/stage-report-text.ts';
import { valueJson, valueText } from '../report/value-text.ts';
import { findRun, latestRuns } from '../runs/find-run.ts';
import { findStore } from '../runs/find-store.ts';
import { resumeCommand } from '../runs/resume-command.ts';
import { type RunReport, readRunReport } from '../runs/run-report.ts';
import { hideSecretsOf } from '../runs/run-secrets.ts';
import { isUnfinished } from '../runs/shown-status.ts';
import { shownStore } from '../runs/store-place.ts';

export interface ShowFlags extends CommonFlags {
  readonly stage?: string;
  readonly events?: boolean;
  /** True: the keys. */
  readonly context?: string | true;
}

/** Tells what is recorded of a run, also while it goes on in another process. Default: the newest run. */
export async function show(
  context: CommandContext,
  id: string | undefined,
  flags: ShowFlags,
): Promise<ExitCode> {
  const { cwd } = context;
  const spec = await findStore(context, { store: flags.store });
  const store = await openStore(spec, { readOnly: true });
  try {
    const place = shownStore(spec, cwd);
    const run = id === undefined ? await newestRun(store, place) : await findRun(store, id, place);
    if (flags.events === true) await showEvents(context, store, run, flags);
    else if (flags.context !== undefined) await showContext(context, store, run, flags);
    else await showReport(context, await readRunReport(store, run), spec, flags);
  } finally {
    await store.close();
  }
  return EXIT.succeeded;
}

async function newestRun(store: CheckpointStore, place: string): Promise<RunRecord> {
  const { newest } = await latestRuns(store, {});
  if (newest !== undefined) return newest;
  throw new MillraceError('RUN_NOT_FOUND', `${place} has no runs`, {
    help: 'start one: millrace run CONFIG',
  });
}

async function showReport(
  { terminal, cwd, env }: CommandContext,
  report: RunReport,
  spec: string,
  flags: ShowFlags,
): Promise<void> {
  const { run, status, stages } = report;
  const resume = isUnfinished(status)
    ? await resumeCommand({ runId: run.id, store: spec, cwd, env })
    : undefined;
  if (flags.stage === undefined) {
    const facts = { report, store: spec, resume, cwd, env };
    if (flags.json === true) terminal.printJson(runReportJson(facts));
    else terminal.print(runReportLines(facts, terminal.paint).join('\n'));
    return;
  }
  const stage = stages.find((candidate) => candidate.id === flags.stage);
  if (stage === undefined) throw stageUnknown(report, flags.stage);
  const attempts = report.attempts.filter((attempt) => attempt.stage === stage.id);
  if (flags.json === true) terminal.printJson({ ...stage, attempts });
  else
    terminal.print(
      stageReportLines(stage, attempts, { cwd, env, paint: terminal.paint }).join('\n'),
    );
}

function stageUnknown({ run, stages }: RunReport, stage: string): MillraceError {
  const near = didYouMean(
    stage,
    stages.map(({ id }) => id),
  );
  return new MillraceError(
    'STAGE_UNKNOWN',
    `run ${run.id} has nothing recorded of a stage ${JSON.stringify(stage)}`,
    {
      details: { runId: run.id, stage },
      help: near ?? `list its stages: millrace show ${run.id}`,
    },
  );
}

const EVENTS_AT_ONCE = 1000;

async function showEvents(
  { terminal }: CommandContext,
  store: CheckpointStore,
  { id }: RunRecord,
  { json, stage }: ShowFlags,
): Promise<void> {
  let after = 0;
  for (;;) {
    const events = await store.loadEvents(id, after, EVENTS_AT_ONCE);
    const idWidth = Math.min(
      32,
      Math.max(3, ...events.map((event) => ('stage' in event ? event.stage.length : 0))),
    );
    for (const event of events) {
      if (stage !== undefined && !('stage' in event && event.stage === stage)) continue;
      if (json === true) terminal.printJson(event);
      else terminal.print(eventLine(event, { paint: terminal.paint, idWidth, withTime: true }));
    }
    const last = events.at(-1);
    if (last === undefined || events.length < EVENTS_AT_ONCE) return;
    after = last.seq;
  }
}

async function showContext(
  command: CommandContext,
  store: CheckpointStore,
  run: RunRecord,
  { context, json }: ShowFlags,
): Promise<void> {
  // Unlike all other texts of a run, a value is stored as the stage wrote it, secrets included.
  await hideSecretsOf(command, store, run);
  const { terminal } = command;
  const values = await readContext(store, run.id);
  const keys = values.keys();
  if (context === true) {
    if (json === true)
      terminal.printJson(valueJson(new Map(keys.map((key) => [key, values.get(key)]))));
    else for (const key of keys) terminal.print(`${key}: ${shortValue(() => values.get(key))}`);
    return;
  }
  const key = context ?? '';
  if (!values.has(key)) {
    throw new MillraceError(
      'CONTEXT_KEY_UNKNOWN',
      `the context of run ${run.id} has no key ${JSON.stringify(key)}`,
      {
        details: { runId: run.id, key },
        help: didYouMean(key, keys) ?? `list its keys: millrace show ${run.id} --context`,
      },
    );
  }
  if (json === true) terminal.printJson(valueJson(values.get(key)));
  else terminal.print(valueText(values.get(key), { short: false }));
}

/** A damaged value hides no other one. */
function shortValue(read: () => unknown): string {
  try {
    return valueText(read(), { short: true });
  } catch (error) {
    if (!(error instanceof MillraceError)) throw error;
    return `${error.code}: ${error.message}`;
  }
}
