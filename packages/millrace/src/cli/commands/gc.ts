import { resolve } from 'node:path';
import {
  type CheckpointStore,
  type CleanUpPlan,
  cleanUp,
  NO_LEFTOVERS,
  planCleanUp,
  type RetentionPolicy,
} from '@millrace/core';
import { openStore } from '../../facade/open-store.ts';
import { noSuchPipeline, refuseHeld } from '../clean-up/check-asked.ts';
import { gcRules, namedRuns, type RetentionFlags } from '../clean-up/gc-policy.ts';
import { type GcReport, gcJson, gcText } from '../clean-up/gc-report.ts';
import { removeLogs } from '../clean-up/remove-logs.ts';
import type { CommandContext, CommonFlags } from '../command-context.ts';
import { EXIT, type ExitCode } from '../exit-code.ts';
import { countOf } from '../report/words.ts';
import { findStore } from '../runs/find-store.ts';
import { lookAtStore } from '../runs/look-at-store.ts';
import { shownStore } from '../runs/store-place.ts';
import { CrashPoints } from '../session/crash-points.ts';

export interface GcFlags extends CommonFlags, RetentionFlags {
  readonly dryRun?: boolean;
}

/** Deletes runs that no rule keeps, then all that nobody refers to any more, and gives the room back. */
export async function gc(
  context: CommandContext,
  config: string | undefined,
  flags: GcFlags,
): Promise<ExitCode> {
  const { terminal, cwd } = context;
  const rules = gcRules(flags);
  const file = config === undefined ? undefined : resolve(cwd, config);
  const spec = await findStore(context, { ...flags, file });
  const place = shownStore(spec, cwd);
  const plan = (store: CheckpointStore): Promise<CleanUpPlan> =>
    planFor(context, { store, rules, flags, place });
  const report = await (flags.dryRun === true
    ? lookAtStore(spec, async (store) => whatIf(store, await plan(store), place))
    : inStore(context, spec, async (store) => carryOut(store, await plan(store), place)));
  if (flags.json === true) terminal.printJson(gcJson({ ...report, store: spec }));
  else terminal.print(gcText(report, terminal.paint));
  // A run that was named and is there still was taken by another process a moment ago.
  const isMissed = flags.deleteRun !== undefined && report.escaped.length > 0;
  return isMissed ? EXIT.failed : EXIT.succeeded;
}

interface PlanRequest {
  readonly store: CheckpointStore;
  readonly rules: RetentionPolicy;
  readonly flags: GcFlags;
  readonly place: string;
}

async function planFor(
  { terminal }: CommandContext,
  { store, rules, flags, place }: PlanRequest,
): Promise<CleanUpPlan> {
  const named = await namedRuns(store, flags, place);
  const plan = await planCleanUp(
    store,
    { ...rules, ...named },
    {
      onWatch: (owners) =>
        terminal.notice(
          `note: waiting for a sign of life of ${countOf(owners, 'owner')} on other machines`,
        ),
    },
  );
  refuseHeld(plan.verdicts, named.deleteRuns ?? []);
  const { pipeline } = flags;
  const note = pipeline && noSuchPipeline(plan.verdicts, pipeline, place);
  if (note !== undefined) terminal.notice(note);
  return plan;
}

async function whatIf(store: CheckpointStore, plan: CleanUpPlan, place: string): Promise<GcReport> {
  const { leftovers, ...usage } = await store.measure(idsToDelete(plan));
  return {
    store: place,
    dryRun: true,
    verdicts: plan.verdicts,
    escaped: [],
    removed: leftovers,
    waiting: NO_LEFTOVERS,
    logs: 0,
    before: usage,
    after: usage,
  };
}

async function carryOut(
  store: CheckpointStore,
  plan: CleanUpPlan,
  place: string,
): Promise<GcReport> {
  const before = await store.measure([]);
  const { deleted, escaped, removed, waiting } = await cleanUp(store, plan);
  const logs = removeLogs(deleted);
  const after = await store.measure([]);
  const { verdicts } = plan;
  return { store: place, dryRun: false, verdicts, escaped, removed, waiting, logs, before, after };
}

/** Opens it for writing; one that is not there is not made. @throws MillraceError STORE_MISSING */
async function inStore<Value>(
  { env }: CommandContext,
  spec: string,
  body: (store: CheckpointStore) => Promise<Value>,
): Promise<Value> {
  await lookAtStore(spec, async () => {});
  const store = await openStore(spec);
  try {
    return await body(CrashPoints.of(env)?.watch(store) ?? store);
  } finally {
    await store.close();
  }
}

function idsToDelete({ verdicts }: CleanUpPlan): readonly (typeof verdicts)[number]['run']['id'][] {
  return verdicts.flatMap(({ run, keep }) => (keep === undefined ? [run.id] : []));
}
