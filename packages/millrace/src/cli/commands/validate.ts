import { resolve } from 'node:path';
import type { RefusedConfig } from '@millrace/config';
import type { Diagnostic, Result } from '@millrace/core';
import {
  type LoadedPipeline,
  type LoadPipelineOptions,
  tryLoadPipeline,
} from '../../facade/load-pipeline.ts';
import type { CommandContext } from '../command-context.ts';
import { EXIT, type ExitCode } from '../exit-code.ts';
import { explainCommand } from '../explain/explain-command.ts';
import { countOf } from '../report/words.ts';
import { shownPath } from '../runs/store-place.ts';
import { markOf } from '../terminal/status-style.ts';

export interface ValidateFlags {
  readonly pipeline?: string;
  readonly env?: string;
  readonly json?: boolean;
}

type Loaded = Result<LoadedPipeline, RefusedConfig>;

interface Verdict {
  /** As people see it. */
  readonly file: string;
  readonly ok: boolean;
  /** Those that can be run. */
  readonly pipelines: readonly { readonly name: string; readonly stages: number }[];
  /** Those that cannot, as far as they have a name. */
  readonly refused: readonly string[];
  readonly diagnostics: readonly Diagnostic[];
  readonly sources: ReadonlyMap<string, string>;
}

/** Checks configs, with every pipeline in them, without running anything; all problems are told. */
export async function validate(
  context: CommandContext,
  files: readonly string[],
  { pipeline, env: environment, json }: ValidateFlags,
): Promise<ExitCode> {
  const { terminal, cwd, env } = context;
  const onSecrets = (values: readonly string[]): void => terminal.hide(values);
  const verdicts: Verdict[] = [];
  for (const file of files.length === 0 ? [undefined] : files) {
    const verdict = await check({ file, cwd, env, pipeline, environment, onSecrets });
    verdicts.push(verdict);
    if (json !== true) await print(context, verdict);
  }
  const ok = verdicts.every((verdict) => verdict.ok);
  if (json === true) {
    const { diagnosticsToJson } = await import('@millrace/config');
    const configs = verdicts.map(({ diagnostics, sources: _, ...verdict }) => ({
      ...verdict,
      ...diagnosticsToJson(diagnostics),
    }));
    terminal.printJson({ ok, configs });
  }
  return ok ? EXIT.succeeded : EXIT.usage;
}

async function check(options: LoadPipelineOptions & { readonly cwd: string }): Promise<Verdict> {
  const first = await tryLoadPipeline(options);
  const names = first.ok ? [] : first.problem.pipelineNames;
  const isWhole = options.pipeline === undefined && names.length > 1;
  const all: [string | undefined, Loaded][] = isWhole ? [] : [[options.pipeline, first]];
  if (isWhole) {
    for (const name of names)
      all.push([name, await tryLoadPipeline({ ...options, pipeline: name })]);
  }
  return toVerdict(all, options);
}

function toVerdict(
  all: readonly (readonly [name: string | undefined, loaded: Loaded])[],
  { file, cwd }: LoadPipelineOptions & { readonly cwd: string },
): Verdict {
  const refused: string[] = [];
  const pipelines: Verdict['pipelines'][number][] = [];
  const sources = new Map<string, string>();
  // What the pipelines of a file share is wrong in each of them, and told once.
  const diagnostics = new Map<string, Diagnostic>();
  let found: string | undefined;
  for (const [name, loaded] of all) {
    const from = loaded.ok ? loaded.value : loaded.problem;
    found ??= from.file;
    for (const [source, text] of from.sources) sources.set(source, text);
    const said = loaded.ok ? loaded.value.warnings : loaded.problem.diagnostics;
    for (const one of said) diagnostics.set(JSON.stringify([one.code, one.message, one.at]), one);
    if (loaded.ok) {
      const { pipeline } = loaded.value;
      pipelines.push({ name: pipeline.name, stages: pipeline.graph.count });
    } else if (name !== undefined) refused.push(name);
  }
  return {
    file: shownPath(found ?? resolve(cwd, file ?? '.'), cwd),
    ok: all.every(([, loaded]) => loaded.ok),
    pipelines,
    refused,
    diagnostics: [...diagnostics.values()],
    sources,
  };
}

async function print({ terminal, cwd, env }: CommandContext, verdict: Verdict): Promise<void> {
  const { file, ok, pipelines, refused, diagnostics, sources } = verdict;
  const { paint, paintNotice } = terminal;
  const [first] = diagnostics;
  if (first !== undefined) {
    const { renderDiagnostics } = await import('@millrace/config');
    const color = paintNotice('red', '') !== '';
    const lines = [`${renderDiagnostics(diagnostics, { sources, color })} in ${file}`];
    if (!ok) {
      const command = explainCommand(first.code, { cwd, env });
      lines.push(`${paintNotice('bold', 'explain:')} ${command}`);
    }
    terminal.notice(`${lines.join('\n')}\n`);
  }
  for (const { name, stages } of pipelines) {
    terminal.print(`${markOf('succeeded', paint)} ${file}: ${name}, ${countOf(stages, 'stage')}`);
  }
  for (const name of refused) {
    terminal.print(`${markOf('failed', paint)} ${file}: ${name} has errors`);
  }
}
