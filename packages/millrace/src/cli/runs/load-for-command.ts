import type { RunRecord } from '@millrace/core';
import { MillraceError } from '@millrace/core';
import {
  type LoadedPipeline,
  type LoadPipelineOptions,
  tryLoadPipeline,
} from '../../facade/load-pipeline.ts';
import type { CommandContext, ConfigFlags } from '../command-context.ts';
import { redactOutput } from '../terminal/redact-output.ts';
import { configRefused } from './config-refused.ts';
import { readOverrides, type StoredOverrides } from './stored-overrides.ts';

interface LoadRequest {
  /** Absolute; undefined: the config that belongs to the working folder. */
  readonly file: string | undefined;
  readonly flags: ConfigFlags;
  /** What the run was started with; flags win. */
  readonly stored?: StoredOverrides;
}

/**
 * Loads a pipeline for a command: warnings are printed, secrets are redacted from now on.
 * @throws ConfigRefused, MillraceError USAGE
 */
export async function loadForCommand(
  { terminal, cwd, env }: CommandContext,
  { file, flags, stored = {} }: LoadRequest,
): Promise<LoadedPipeline> {
  const options: LoadPipelineOptions = {
    file,
    cwd,
    env,
    pipeline: flags.pipeline ?? stored.pipeline,
    params: { ...stored.params, ...(await readAssignments('--param', flags.param)) },
    set: { ...stored.set, ...(await readAssignments('--set', flags.set)) },
  };
  const loaded = await tryLoadPipeline(options);
  if (!loaded.ok) throw await configRefused(loaded.problem, terminal);
  const { warnings, sources, secrets } = loaded.value;
  if (secrets.values.length > 0) await redactOutput(terminal, secrets.values);
  if (warnings.length > 0) {
    const { renderDiagnostics } = await import('@millrace/config');
    const color = terminal.paintNotice('red', '') !== '';
    terminal.notice(renderDiagnostics(warnings, { sources, color }));
  }
  return loaded.value;
}

/**
 * The pipeline of a run, with what was given when it was started.
 * @throws ConfigRefused, MillraceError RUN_WITHOUT_CONFIG
 */
export async function loadForRun(
  context: CommandContext,
  { id, source }: RunRecord,
  { config, ...flags }: ConfigFlags & { readonly config?: string | undefined },
): Promise<LoadedPipeline> {
  if (config === undefined && source.file === undefined) {
    throw new MillraceError('RUN_WITHOUT_CONFIG', `run ${id} was not started from a config file`, {
      details: { runId: id },
      help: 'give the config of the same pipeline with --config FILE',
    });
  }
  return loadForCommand(context, {
    file: config ?? source.file,
    flags,
    stored: readOverrides(source),
  });
}

/** What repeated `name=value` flags say. @throws MillraceError USAGE */
export async function readAssignments(
  flag: string,
  written: readonly string[] = [],
): Promise<Readonly<Record<string, unknown>>> {
  if (written.length === 0) return {};
  const { parseAssignment } = await import('@millrace/config');
  return Object.fromEntries(
    written.map((text) => {
      const parsed = parseAssignment(text);
      if (parsed.ok) return [parsed.value.name, parsed.value.value];
      throw new MillraceError('USAGE', `${flag}: ${parsed.problem}`, { details: { flag, text } });
    }),
  );
}
