import { dirname, join, resolve } from 'node:path';
import type { ConfigJsonSchema } from '@millrace/config';
import type { CommandContext } from '../command-context.ts';
import { EXIT, type ExitCode } from '../exit-code.ts';
import { replaceFile } from '../init/replace-file.ts';
import {
  readSchemaLink,
  requireLinkable,
  type SchemaLink,
  writeSchemaLink,
} from '../init/schema-link.ts';
import { countOf, listOf } from '../report/words.ts';
import { ConfigRefused } from '../runs/config-refused.ts';
import { shownPath } from '../runs/store-place.ts';
import { markOf } from '../terminal/status-style.ts';

export interface SchemaFlags {
  /** Relative to the working folder. Default: standard output, with `link` .millrace/schema.json beside the config. */
  readonly out?: string;
  /** Names the schema in the first line of the config. */
  readonly link?: boolean;
  readonly json?: boolean;
}

/**
 * Writes the JSON Schema of a config, by which editors complete and check it.
 * @throws ConfigRefused when the config that was named is not there; MillraceError SCHEMA_NOT_LINKED, FILE_UNWRITABLE
 */
export async function schema(
  context: CommandContext,
  file: string | undefined,
  { out, link, json }: SchemaFlags,
): Promise<ExitCode> {
  const { terminal, cwd, env } = context;
  // What the modules of stages print while they are imported is no part of a schema.
  terminal.divertStray((text) => terminal.writeNotice(text));
  const { configJsonSchema } = await import('@millrace/config');
  const made = await configJsonSchema({
    file,
    cwd,
    env,
    onSecrets: (values) => terminal.hide(values),
  });
  await tellWhatIsMissing(context, made);
  if (out !== undefined || link === true) {
    const written = await write(context, made, { out, isLinking: link === true });
    tellWhatWasDone(context, made, { ...written, json });
  } else if (json === true) terminal.printJson(made.schema);
  else terminal.print(textOf(made));
  return EXIT.succeeded;
}

interface Written {
  readonly path: string;
  readonly link: SchemaLink | undefined;
  /** The config was changed. */
  readonly isLinked: boolean;
}

async function write(
  { cwd }: CommandContext,
  made: ConfigJsonSchema,
  { out, isLinking }: { readonly out: string | undefined; readonly isLinking: boolean },
): Promise<Written> {
  const { file } = made;
  const path = resolve(cwd, out ?? join(dirname(file ?? ''), '.millrace', 'schema.json'));
  const link = file === undefined ? undefined : await readSchemaLink(file, path);
  const wanted = isLinking ? requireLinkable(link, shownConfig(made, cwd)) : undefined;
  replaceFile(path, `${textOf(made)}\n`);
  const isLinked = wanted !== undefined && (await writeSchemaLink(wanted));
  return { path, link, isLinked };
}

function textOf({ schema: made }: ConfigJsonSchema): string {
  return JSON.stringify(made, undefined, 2);
}

/** @throws ConfigRefused when it is the config itself */
async function tellWhatIsMissing(
  { terminal, cwd }: CommandContext,
  made: ConfigJsonSchema,
): Promise<void> {
  const { diagnostics, sources, unsaid } = made;
  if (unsaid.length > 0) {
    const those = `the params of ${listOf(unsaid)}`;
    terminal.notice(`${those} cannot be said in JSON Schema: the schema accepts any`);
  }
  if (diagnostics.length === 0) return;
  const { diagnosticsToJson, renderDiagnostics } = await import('@millrace/config');
  const color = terminal.paintNotice('red', '') !== '';
  const rendered = renderDiagnostics(diagnostics, { sources, color });
  if (made.file === undefined) {
    const json = diagnosticsToJson(diagnostics).diagnostics;
    throw new ConfigRefused(rendered, diagnostics, { json });
  }
  terminal.notice(`${rendered} in ${shownConfig(made, cwd)}: the schema does without it`);
}

function tellWhatWasDone(
  { terminal, cwd }: CommandContext,
  made: ConfigJsonSchema,
  { path, link, isLinked, json }: Written & { readonly json: boolean | undefined },
): void {
  const { file, stages, unsaid, diagnostics } = made;
  const out = shownPath(path, cwd);
  const config = shownConfig(made, cwd);
  const { line, named } = link ?? {};
  if (json === true) {
    terminal.printJson({ out, config: file, stages, unsaid, diagnostics, line, named, isLinked });
    return;
  }
  const mark = markOf('succeeded', terminal.paint);
  const known =
    file === undefined ? 'any config' : `${config}, ${countOf(stages.length, 'kind')} of stage`;
  terminal.print(`${mark} ${out}: ${known}`);
  if (isLinked) terminal.print(`${mark} ${config}: names it in its first line`);
  else if (line !== undefined && named === undefined)
    terminal.print(`\nput this line first in ${config}, or let --link do it:\n${line}`);
}

function shownConfig({ file }: ConfigJsonSchema, cwd: string): string {
  return file === undefined ? 'no config' : shownPath(file, cwd);
}
