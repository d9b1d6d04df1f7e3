import { resolve } from 'node:path';
import { capsuleFileName, writeCapsule } from '../capsule/capsule-file.ts';
import { chooseStage } from '../capsule/choose-stage.ts';
import { stageCapsule } from '../capsule/stage-capsule.ts';
import type { CommandContext, CommonFlags } from '../command-context.ts';
import { EXIT, type ExitCode } from '../exit-code.ts';
import { capsuleJson, capsuleLines, type WrittenCapsule } from '../report/capsule-report.ts';
import { commandLine } from '../runs/command-line.ts';
import { findStore } from '../runs/find-store.ts';
import { loadForRun } from '../runs/load-for-command.ts';
import { lookAtStore } from '../runs/look-at-store.ts';
import { returnToFolder } from '../runs/return-to-folder.ts';
import { hideSecretsOf } from '../runs/run-secrets.ts';
import { shownPath, shownStore } from '../runs/store-place.ts';

export interface CapsuleFlags extends CommonFlags {
  readonly out?: string;
  /** Replaces a file that is there. */
  readonly force?: boolean;
  readonly attempt?: number;
  readonly whole?: boolean;
  /** That of the run, when it was moved. */
  readonly config?: string;
}

/** Writes one stage of a run with all that it needs into a file, from which `replay` tries it again anywhere. */
export async function capsule(
  context: CommandContext,
  words: { readonly first: string | undefined; readonly second: string | undefined },
  flags: CapsuleFlags,
): Promise<ExitCode> {
  const { terminal, cwd, env } = context;
  const spec = await findStore(context, { store: flags.store });
  await lookAtStore(spec, async (store) => {
    const { run, stage } = await chooseStage(store, words, shownStore(spec, cwd));
    await hideSecretsOf(context, store, run);
    returnToFolder(context, run);
    const config = flags.config === undefined ? undefined : resolve(cwd, flags.config);
    const loaded = await loadForRun(context, run, { config });
    const { attempt, whole: isWhole, force: mayReplace = false } = flags;
    const made = await stageCapsule(context, store, { run, stage, loaded, attempt, isWhole });
    const path = resolve(cwd, flags.out ?? capsuleFileName(made));
    const bytes = await writeCapsule({ path, mayReplace }, made);
    const file = shownPath(path, cwd);
    const replay = commandLine(['replay', file], { cwd, env });
    const written: WrittenCapsule = { capsule: made, file, bytes, replay };
    if (flags.json === true) terminal.printJson(capsuleJson(written));
    else terminal.print(capsuleLines(written, { cwd, env, paint: terminal.paint }).join('\n'));
  });
  return EXIT.succeeded;
}
