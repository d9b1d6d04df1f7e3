import {
  type CheckpointStore,
  diffKey,
  diffRuns,
  type KeyDifferences,
  type RunRecord,
  readContext,
} from '@millrace/core';
import type { CommandContext, CommonFlags } from '../command-context.ts';
import { EXIT, type ExitCode } from '../exit-code.ts';
import { diffJson, keyDiffJson } from '../report/diff-json.ts';
import { diffLines, keyDiffLines } from '../report/diff-text.ts';
import { contextKeyUnknown } from '../runs/context-key-unknown.ts';
import { findRun } from '../runs/find-run.ts';
import { findStore } from '../runs/find-store.ts';
import { lookAtStore } from '../runs/look-at-store.ts';
import { namedOrNewestRun } from '../runs/named-or-newest-run.ts';
import { previousRun } from '../runs/previous-run.ts';
import { hideSecretsOf } from '../runs/run-secrets.ts';
import { shownStore } from '../runs/store-place.ts';

export interface DiffFlags extends CommonFlags {
  /** Only this context key. */
  readonly key?: string;
}

interface Pair {
  readonly before: RunRecord;
  readonly after: RunRecord;
}

/**
 * Tells how two runs differ and why. One run is compared with the one before it of the same pipeline;
 * without any, the newest run is. Ends like diff: 0 when they are equal, 1 when they differ.
 */
export async function diff(
  context: CommandContext,
  ids: { readonly first: string | undefined; readonly second: string | undefined },
  flags: DiffFlags,
): Promise<ExitCode> {
  const { cwd } = context;
  const spec = await findStore(context, { store: flags.store });
  return lookAtStore(spec, async (store) => {
    const pair = await pairOf(store, ids, shownStore(spec, cwd));
    await hideSecretsOf(context, store, pair.before);
    await hideSecretsOf(context, store, pair.after);
    const isEqual = await printDifferences(context, store, pair, flags);
    return isEqual ? EXIT.succeeded : EXIT.failed;
  });
}

async function pairOf(
  store: CheckpointStore,
  { first, second }: { readonly first: string | undefined; readonly second: string | undefined },
  place: string,
): Promise<Pair> {
  const named = await namedOrNewestRun(store, first, place);
  if (second === undefined) return { before: await previousRun(store, named), after: named };
  return { before: named, after: await findRun(store, second, place) };
}

/** Whether there are none. */
async function printDifferences(
  { terminal }: CommandContext,
  store: CheckpointStore,
  pair: Pair,
  { key, json }: DiffFlags,
): Promise<boolean> {
  const ids = [pair.before.id, pair.after.id] as const;
  if (key !== undefined) {
    const differences = (await diffKey(store, ids, key)) ?? (await refuseKey(store, pair, key));
    if (json === true) terminal.printJson(keyDiffJson(differences, pair));
    else terminal.print(keyDiffLines(differences, pair, terminal.paint).join('\n'));
    return differences.isEqual;
  }
  const differences = await diffRuns(store, ids);
  if (json === true) terminal.printJson(diffJson(differences));
  else terminal.print(diffLines(differences, terminal.paint).join('\n'));
  return differences.isEqual;
}

/** @throws MillraceError CONTEXT_KEY_UNKNOWN */
async function refuseKey(
  store: CheckpointStore,
  { before, after }: Pair,
  key: string,
): Promise<KeyDifferences> {
  const contexts = [await readContext(store, before.id), await readContext(store, after.id)];
  throw contextKeyUnknown({
    key,
    where: `runs ${before.id} and ${after.id}`,
    runId: after.id,
    known: new Set(contexts.flatMap((context) => context.keys())),
  });
}
