import { type CheckpointStore, didYouMean, MillraceError, type RunRecord } from '@millrace/core';
import { openStore } from '../../facade/open-store.ts';
import type { CommandContext, CommonFlags } from '../command-context.ts';
import { EXIT, type ExitCode } from '../exit-code.ts';
import { eventLine } from '../report/event-line.ts';
import { runReportJson, runReportLines } from '../report/run-report-text.ts';
import { stageReportLines } from '../report/stage-report-text.ts';
import { valueJson, valueText } from '../report/value-text.ts';
import { findRun, latestRuns } from '../runs/find-run.ts';
import { resumeCommand } from '../runs/resume-command.ts';
import { type RunReport, readRunReport } from '../runs/run-report.ts';
import { redactSecretsOf } from '../runs/run-secrets.ts';
import { isUnfinished } from '../runs/shown-status.ts';
import { findStore } from '../runs/store-place.ts';
import { readStoredContext } from '../runs/stored-context.ts';

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
  const spec = await findStore({ store: flags.store, cwd });
  const store = await openStore(spec, { readOnly: true });
  try {
    const run = id === undefined ? await newestRun(store) : await findRun(store, id);
    await redactSecretsOf(context.terminal, run, context.env);
    if (flags.events === true) await showEvents(context, store, run, flags);
    else if (flags.context !== undefined) await showContext(context, store, run, flags);
    else await showReport(context, await readRunReport(store, run), spec, flags);
  } finally {
    await store.close();
  }
  return EXIT.succeeded;
}

async function newestRun(store: CheckpointStore): Promise<RunRecord> {
  const { newest } = await latestRuns(store, {});
  if (newest !== undefined) return newest;
  throw new MillraceError('RUN_NOT_FOUND', `${store.name} has no runs`, {
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
    const facts = { report, store: spec, resume, cwd };
    if (flags.json === true) terminal.printJson(runReportJson(facts));
    else terminal.print(runReportLines(facts, terminal.paint).join('\n'));
    return;
  }
  const stage = stages.find((candidate) => candidate.id === flags.stage);
  if (stage === undefined) throw stageUnknown(report, flags.stage);
  const attempts = report.attempts.filter((attempt) => attempt.stage === stage.id);
  if (flags.json === true) terminal.printJson({ ...stage, attempts });
  else terminal.print(stageReportLines(stage, attempts, { cwd, paint: terminal.paint }).join('\n'));
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
  { terminal }: CommandContext,
  store: CheckpointStore,
  run: RunRecord,
  { context, json }: ShowFlags,
): Promise<void> {
  const values = await readStoredContext(store, run);
  if (context === true) {
    if (json === true) terminal.printJson(valueJson(new Map(values)));
    else
      for (const [key, value] of values)
        terminal.print(`${key}: ${valueText(value, { short: true })}`);
    return;
  }
  const key = context ?? '';
  if (!values.has(key)) {
    throw new MillraceError(
      'CONTEXT_KEY_UNKNOWN',
      `the context of run ${run.id} has no key ${JSON.stringify(key)}`,
      {
        details: { runId: run.id, key },
        help: didYouMean(key, values.keys()) ?? `list its keys: millrace show ${run.id} --context`,
      },
    );
  }
  if (json === true) terminal.printJson(valueJson(values.get(key)));
  else terminal.print(valueText(values.get(key), { short: false }));
}
