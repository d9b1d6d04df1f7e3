import type { EffectiveConfig, Explained, LoadedConfig, UnknownPath } from '@millrace/config';
import { didYouMean, MillraceError } from '@millrace/core';
import type { CommandContext, ConfigFlags } from '../command-context.ts';
import { EXIT, type ExitCode } from '../exit-code.ts';
import { explainedText } from '../report/explained-text.ts';
import { listOf } from '../report/words.ts';
import { configRefused } from '../runs/config-refused.ts';
import { loadOptions, printWarnings } from '../runs/load-for-command.ts';
import type { Terminal } from '../terminal/terminal.ts';

export interface ConfigCommandFlags extends ConfigFlags {
  /** A path into the pipeline, as `--set` takes it. */
  readonly explain?: string;
  readonly json?: boolean;
}

/**
 * Prints what the layers of a config come to, or where one value of it comes from. Nothing is run. A
 * value is explained also when something else of the config is wrong.
 * @throws ConfigRefused, MillraceError USAGE, CONFIG_PATH_UNKNOWN
 */
export async function config(
  context: CommandContext,
  file: string | undefined,
  flags: ConfigCommandFlags,
): Promise<ExitCode> {
  const { terminal } = context;
  const { loadConfig } = await import('@millrace/config');
  const loaded = await loadConfig(await loadOptions(context, { file, flags }));
  const { effective, sources } = loaded.ok ? loaded.value : loaded.problem;
  const { paint, redact } = terminal;
  const explained =
    flags.explain === undefined || effective === undefined
      ? undefined
      : await explain(effective, flags.explain);
  if (!loaded.ok) {
    // In JSON the refusal is the document.
    if (explained !== undefined && flags.json !== true)
      terminal.print(`${await explainedText(explained, { sources, paint, redact })}\n`);
    throw await configRefused(loaded.problem, terminal);
  }
  await printWarnings(terminal, loaded.value);
  if (explained === undefined) printWhole(terminal, loaded.value, flags);
  else if (flags.json === true) terminal.printJson({ ...factsOf(loaded.value), ...explained });
  else terminal.print(await explainedText(explained, { sources, paint, redact }));
  return EXIT.succeeded;
}

function printWhole(
  terminal: Terminal,
  loaded: LoadedConfig,
  { json }: Pick<ConfigCommandFlags, 'json'>,
): void {
  const { effective } = loaded;
  if (json !== true) terminal.print(effective.toYaml().trimEnd());
  else {
    const facts = factsOf(loaded);
    terminal.printJson({ ...facts, config: effective.toData(), values: effective.values() });
  }
}

function factsOf({ definition, file, environment }: LoadedConfig): object {
  return {
    pipeline: definition.name,
    file,
    ...(environment === undefined ? {} : { environment }),
  };
}

/** @throws MillraceError USAGE, CONFIG_PATH_UNKNOWN */
async function explain(effective: EffectiveConfig, text: string): Promise<Explained> {
  const { parsePath } = await import('@millrace/config');
  const path = parsePath(text);
  if (!path.ok) {
    throw new MillraceError(
      'USAGE',
      `--explain: the path ${JSON.stringify(text)} ${path.problem}`,
      {
        help: 'write it like stages.score.with.window, ids with dots in quotes',
      },
    );
  }
  const explained = effective.explain(path.value);
  if (explained.ok) return explained.value;
  throw unknownPath(explained.problem, text);
}

function unknownPath({ owner, part, known }: UnknownPath, text: string): MillraceError {
  const place = owner === '' ? 'the config' : owner;
  const help =
    didYouMean(part, known) ??
    (known.length === 0
      ? 'there is nothing below it'
      : `there are ${listOf(known)}${owner === '' ? '; a path starts inside the pipeline' : ''}`);
  return new MillraceError(
    'CONFIG_PATH_UNKNOWN',
    `${place} has no ${JSON.stringify(part)} to explain`,
    { details: { path: text, owner, part, known }, help },
  );
}
