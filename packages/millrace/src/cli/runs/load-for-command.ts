import type { RunRecord } from '@millrace/core';
import { MillraceError } from '@millrace/core';
import {
  type LoadedPipeline,
  type LoadPipelineOptions,
  tryLoadPipeline,
} from '../../facade/load-pipeline.ts';
import type { CommandContext, ConfigFlags } from '../command-context.ts';
import { SCHEDULED_AT } from '../schedule/scheduled-run.ts';
import type { Terminal } from '../terminal/terminal.ts';
import { configRefused } from './config-refused.ts';
import { readOverrides, type StoredOverrides } from './stored-overrides.ts';

interface LoadRequest {
  /** Absolute; undefined: the config that belongs to the working folder. */
  readonly file: string | undefined;
  readonly flags: ConfigFlags;
  /** What the run was started with; flags win. */
  readonly stored?: StoredOverrides;
}

/** What the flags of a command, and those that a run was started with, say of a config. @throws MillraceError USAGE */
export async function loadOptions(
  { cwd, env, terminal }: CommandContext,
  { file, flags, stored = {} }: LoadRequest,
): Promise<LoadPipelineOptions> {
  return {
    file,
    cwd,
    env,
    pipeline: flags.pipeline ?? stored.pipeline,
    params: { ...stored.params, ...(await readAssignments('--param', flags.param)) },
    set: { ...stored.set, ...(await readAssignments('--set', flags.set)) },
    paramsFiles: flags.paramsFile ?? stored.paramsFiles,
    environment: flags.env ?? stored.environment,
    onSecrets: (values) => terminal.hide(values),
  };
}

/**
 * Loads a pipeline for a command: warnings are printed, secrets are redacted from now on.
 * @throws ConfigRefused, MillraceError USAGE
 */
export async function loadForCommand(
  context: CommandContext,
  request: LoadRequest,
): Promise<LoadedPipeline> {
  const { terminal } = context;
  const loaded = await tryLoadPipeline(await loadOptions(context, request));
  if (!loaded.ok) throw await configRefused(loaded.problem, terminal);
  await printWarnings(terminal, loaded.value);
  return loaded.value;
}

export async function printWarnings(
  terminal: Terminal,
  { warnings, sources }: Pick<LoadedPipeline, 'warnings' | 'sources'>,
): Promise<void> {
  if (warnings.length === 0) return;
  const { renderDiagnostics } = await import('@millrace/config');
  const color = terminal.paintNotice('red', '') !== '';
  terminal.notice(renderDiagnostics(warnings, { sources, color }));
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
  const stored = readOverrides(source);
  // A run goes on in the environment that it was started in, whatever the variable says by now.
  const environment = stored.environment ?? (source.file === undefined ? undefined : '');
  // What the config made of the time of its schedule is not to change.
  const env =
    source.schedule === undefined
      ? context.env
      : { ...context.env, [SCHEDULED_AT]: new Date(source.schedule.at).toISOString() };
  return loadForCommand(
    { ...context, env },
    {
      file: config ?? source.file,
      flags,
      stored: { ...stored, environment },
    },
  );
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
