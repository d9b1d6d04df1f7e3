import { readContext, blame as writersOf } from '@millrace/core';
import type { CommandContext, CommonFlags } from '../command-context.ts';
import { EXIT, type ExitCode } from '../exit-code.ts';
import { blameJson, blameLines } from '../report/blame-text.ts';
import { contextKeyUnknown } from '../runs/context-key-unknown.ts';
import { findStore } from '../runs/find-store.ts';
import { lookAtStore } from '../runs/look-at-store.ts';
import { namedOrNewestRun } from '../runs/named-or-newest-run.ts';
import { hideSecretsOf } from '../runs/run-secrets.ts';
import { shownStore } from '../runs/store-place.ts';

/** Tells who wrote a context key of a run, and what each writer changed. Default: the newest run. */
export async function blame(
  context: CommandContext,
  key: string,
  id: string | undefined,
  flags: CommonFlags,
): Promise<ExitCode> {
  const { terminal, cwd } = context;
  const spec = await findStore(context, { store: flags.store });
  await lookAtStore(spec, async (store) => {
    const run = await namedOrNewestRun(store, id, shownStore(spec, cwd));
    await hideSecretsOf(context, store, run);
    const told = await writersOf(store, run.id, key);
    if (told === undefined) {
      const known = (await readContext(store, run.id)).keys();
      throw contextKeyUnknown({ key, where: `run ${run.id}`, runId: run.id, known });
    }
    if (flags.json === true) terminal.printJson(blameJson(told));
    else terminal.print(blameLines(told, terminal.paint).join('\n'));
  });
  return EXIT.succeeded;
}
