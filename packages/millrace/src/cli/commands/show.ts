import { type CheckpointStore, MillraceError, type RunRecord, readContext } from '@millrace/core';
import type { CommandContext, CommonFlags } from '../command-context.ts';
import { EXIT, type ExitCode } from '../exit-code.ts';
import { eventLine } from '../report/event-line.ts';
import { byKey, failedItems, itemTable } from '../report/item-lines.ts';
import { runReportJson, runReportLines } from '../report/run-report-text.ts';
import { stageReportLines } from '../report/stage-report-text.ts';
import { valueJson, valueText } from '../report/value-text.ts';
import { type Moment, viewJson, viewLines } from '../report/view-text.ts';
import { contextKeyUnknown } from '../runs/context-key-unknown.ts';
import { findStore } from '../runs/find-store.ts';
import { lookAtStore } from '../runs/look-at-store.ts';
import { namedOrNewestRun } from '../runs/named-or-newest-run.ts';
import { resumeCommand } from '../runs/resume-command.ts';
import { type RunReport, readRunReport, type StageReport } from '../runs/run-report.ts';
import { hideSecretsOf } from '../runs/run-secrets.ts';
import { runView } from '../runs/run-view.ts';
import { isUnfinished } from '../runs/shown-status.ts';
import { signalCommand } from '../runs/signal-command.ts';
import { stageItems } from '../runs/stage-items.ts';
import { stageUnknown } from '../runs/stage-unknown.ts';
import { shownStore } from '../runs/store-place.ts';

export interface ShowFlags extends CommonFlags {
  readonly stage?: string;
  readonly events?: boolean;
  /** Each item of the mapped stage that `stage` names. */
  readonly items?: boolean;
  /** True: the keys. */
  readonly context?: string | true;
  /** The stage whose view of the context is told. */
  readonly at?: string;
  /** The same, with what the stage wrote itself. */
  readonly after?: string;
  /** That of the run, when it was moved; for its graph. */
  readonly config?: string;
}

/** Tells what is recorded of a run, also while it goes on in another process. Default: the newest run. */
export async function show(
  context: CommandContext,
  id: string | undefined,
  flags: ShowFlags,
): Promise<ExitCode> {
  const { cwd } = context;
  const spec = await findStore(context, { store: flags.store });
  await lookAtStore(spec, async (store) => {
    const place = shownStore(spec, cwd);
    const run = await namedOrNewestRun(store, id, place);
    const viewer = flags.at ?? flags.after;
    if (viewer !== undefined) await showView(context, store, run, { ...flags, viewer });
    else if (flags.events === true) await showEvents(context, store, run, flags);
    else if (flags.context !== undefined) await showContext(context, store, run, flags);
    else if (flags.items === true) await showItems(context, store, run, flags);
    else if (flags.stage !== undefined)
      await showStage(context, store, run, { ...flags, stage: flags.stage });
    else await showReport(context, await readRunReport(store, run), spec, flags);
  });
  return EXIT.succeeded;
}

async function showReport(
  { terminal, cwd, env }: CommandContext,
  report: RunReport,
  spec: string,
  flags: ShowFlags,
): Promise<void> {
  const { run, status } = report;
  const resume = isUnfinished(status)
    ? await resumeCommand({ runId: run.id, store: spec, cwd, env })
    : undefined;
  const answer = await signalCommand({ runId: run.id, store: spec, cwd, env }, report.waits);
  const facts = { report, store: spec, resume, answer, cwd, env };
  if (flags.json === true) terminal.printJson(runReportJson(facts));
  else terminal.print(runReportLines(facts, terminal.paint).join('\n'));
}

async function showStage(
  { terminal, cwd, env }: CommandContext,
  store: CheckpointStore,
  run: RunRecord,
  { stage: id, json }: ShowFlags & { readonly stage: string },
): Promise<void> {
  const report = await readRunReport(store, run);
  const stage = report.stages.find((candidate) => candidate.id === id);
  if (stage === undefined) {
    throw stageUnknown({ runId: run.id, stage: id, known: report.stages.map((one) => one.id) });
  }
  const attempts = report.attempts.filter((attempt) => attempt.stage === stage.id);
  const items = await stageItems(store, run, stage);
  if (json === true)
    terminal.printJson({ ...stage, attempts, failedItems: failedItems(stage, items) });
  else {
    const shell = { cwd, env, paint: terminal.paint };
    terminal.print(stageReportLines(stage, { attempts, items }, shell).join('\n'));
  }
}

async function showItems(
  { terminal }: CommandContext,
  store: CheckpointStore,
  run: RunRecord,
  { stage, json }: ShowFlags,
): Promise<void> {
  if (stage === undefined) {
    throw new MillraceError(
      'USAGE',
      '--items lists the items of one stage, and --stage is missing',
      {
        help: 'millrace show --stage STAGE --items',
      },
    );
  }
  const { stages } = await readRunReport(store, run);
  const report = stages.find(({ id }) => id === stage);
  if (report === undefined) {
    throw stageUnknown({ runId: run.id, stage, known: stages.map(({ id }) => id) });
  }
  const items = byKey(await stageItems(store, run, report));
  if (json === true) for (const item of items) terminal.printJson(item);
  else if (items.length === 0) terminal.print(noItems(report));
  else terminal.print(itemTable(items, terminal.paint));
}

/** A mapped stage counts its items as soon as it succeeds, were there none; before that nothing tells. */
function noItems({ id, status, items }: StageReport): string {
  const isPlain = status === 'succeeded' && items === undefined;
  return isPlain
    ? `${id} is not a mapped stage: it has no items`
    : `no items of ${id} are on record`;
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
    throw contextKeyUnknown({ key, where: `run ${run.id}`, runId: run.id, known: keys });
  }
  if (json === true) terminal.printJson(valueJson(values.get(key)));
  else terminal.print(valueText(values.get(key), { short: false }));
}

/** The context as a stage saw it: all of it, or the value of one key. */
async function showView(
  command: CommandContext,
  store: CheckpointStore,
  run: RunRecord,
  { viewer, after, config, context, json }: ShowFlags & { readonly viewer: string },
): Promise<void> {
  await hideSecretsOf(command, store, run);
  const { terminal } = command;
  const moment: Moment = after === undefined ? 'before' : 'after';
  const view = await runView(command, store, run, { stage: viewer, moment, config });
  if (typeof context !== 'string') {
    if (json === true) terminal.printJson(await viewJson(view, moment));
    else terminal.print((await viewLines(view, { moment, paint: terminal.paint })).join('\n'));
    return;
  }
  const seen =
    view.keys.find(({ key }) => key === context) ??
    view.keys.find(({ readAs }) => readAs.includes(context));
  if (seen === undefined) {
    const known = view.keys.flatMap(({ key, readAs }) =>
      key === undefined ? readAs : [key, ...readAs],
    );
    const where = `stage ${JSON.stringify(viewer)} in run ${run.id}`;
    throw contextKeyUnknown({ key: context, where, runId: run.id, known, stage: viewer });
  }
  const value = await seen.load();
  if (!value.ok) throw value.problem;
  if (json === true) terminal.printJson(valueJson(value.value));
  else terminal.print(valueText(value.value, { short: false }));
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
