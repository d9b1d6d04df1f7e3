import { resolve } from 'node:path';
import type { Diagnostic } from '@millrace/core';
import { tryLoadPipeline } from '../../facade/load-pipeline.ts';
import type { CommandContext } from '../command-context.ts';
import { EXIT, type ExitCode } from '../exit-code.ts';
import { countOf } from '../report/words.ts';
import { shownPath } from '../runs/store-place.ts';
import { markOf } from '../terminal/status-style.ts';

export interface ValidateFlags {
  readonly pipeline?: string;
  readonly json?: boolean;
}

interface Verdict {
  readonly file: string;
  readonly ok: boolean;
  readonly pipelines: readonly { readonly name: string; readonly stages: number }[];
  readonly diagnostics: readonly Diagnostic[];
}

/** Checks configs without running anything of their stages; all problems of all of them are told. */
export async function validate(
  context: CommandContext,
  files: readonly string[],
  flags: ValidateFlags,
): Promise<ExitCode> {
  const verdicts: Verdict[] = [];
  for (const file of files.length === 0 ? [undefined] : files) {
    verdicts.push(await check(context, file, flags));
  }
  if (flags.json === true) {
    const { diagnosticsToJson } = await import('@millrace/config');
    const told = verdicts.map(({ diagnostics, ...verdict }) => ({
      ...verdict,
      ...diagnosticsToJson(diagnostics),
    }));
    context.terminal.printJson({ ok: verdicts.every(({ ok }) => ok), configs: told });
  }
  return verdicts.every(({ ok }) => ok) ? EXIT.succeeded : EXIT.usage;
}

async function check(
  { terminal, cwd, env }: CommandContext,
  file: string | undefined,
  { pipeline, json }: ValidateFlags,
): Promise<Verdict> {
  const { renderDiagnostics } = await import('@millrace/config');
  const loaded = await tryLoadPipeline({ file, cwd, env, pipeline });
  const from = loaded.ok ? loaded.value : loaded.problem;
  const diagnostics = loaded.ok ? loaded.value.warnings : loaded.problem.diagnostics;
  const shown = shownPath(from.file ?? resolve(cwd, file ?? '.'), cwd);
  if (json !== true && diagnostics.length > 0) {
    const color = terminal.paintNotice('red', '') !== '';
    terminal.notice(
      `${renderDiagnostics(diagnostics, { sources: from.sources, color })}${loaded.ok ? '' : ` in ${shown}`}\n`,
    );
  }
  if (!loaded.ok) return { file: shown, ok: false, pipelines: [], diagnostics };
  const { name, graph } = loaded.value.pipeline;
  if (json !== true) {
    terminal.print(
      `${markOf('succeeded', terminal.paint)} ${shown}: ${name}, ${countOf(graph.count, 'stage')}`,
    );
  }
  return { file: shown, ok: true, pipelines: [{ name, stages: graph.count }], diagnostics };
}
