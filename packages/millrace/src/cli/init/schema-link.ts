import { readFileSync } from 'node:fs';
import { dirname, relative, sep } from 'node:path';
import { MillraceError } from '@millrace/core';
import { replaceFile } from './replace-file.ts';

/** How a config names its schema to an editor, or could. */
export interface SchemaLink {
  /** Absolute path of the config. */
  readonly config: string;
  readonly bytes: Uint8Array;
  /** Path of the schema as the config would name it. */
  readonly path: string;
  /** The line that would do it. Undefined: the format of the config has none, or the path has a space. */
  readonly line: string | undefined;
  /** The schema that the config names now. */
  readonly named: string | undefined;
}

/** @param schemaFile absolute path of the schema, which need not be there yet */
export async function readSchemaLink(config: string, schemaFile: string): Promise<SchemaLink> {
  const { namedSchema, schemaLine } = await import('@millrace/config');
  const near = relative(dirname(config), schemaFile).replaceAll(sep, '/');
  const path = near.startsWith('../') ? near : `./${near}`;
  const bytes = readFileSync(config);
  const named = namedSchema(config, bytes.toString('utf8'));
  return { config, bytes, path, line: schemaLine(config, path), named };
}

/**
 * Puts the line into the config, before its first one. Nothing is done where it names the schema already.
 * @returns false when nothing was done
 * @throws MillraceError FILE_UNWRITABLE
 */
export async function writeSchemaLink({
  config,
  bytes,
  line,
  named,
}: SchemaLink): Promise<boolean> {
  if (line === undefined || named !== undefined) return false;
  const { withFirstLine } = await import('@millrace/config');
  replaceFile(config, withFirstLine(bytes, line));
  return true;
}

/**
 * @param config as people see it
 * @throws MillraceError SCHEMA_NOT_LINKED when the config cannot name the schema
 */
export function requireLinkable(link: SchemaLink | undefined, config: string): SchemaLink {
  if (link === undefined) {
    throw notLinked('there is no config to link', 'name it: millrace schema CONFIG --link');
  }
  const { named, path, line } = link;
  if (named !== undefined && !isSame(named, path)) {
    throw notLinked(
      `${config} names another schema: ${named}`,
      'take that line out, or write the schema to that file with --out',
    );
  }
  if (line !== undefined || named !== undefined) return link;
  throw /\s/.test(path)
    ? notLinked(
        `${config} cannot name a schema whose path holds a space: ${path}`,
        'write the schema to another file with --out',
      )
    : notLinked(
        `the format of ${config} has no line that names a schema`,
        /\.json[c5]?$/i.test(config)
          ? `name it by its first key: "$schema": ${JSON.stringify(path)}`
          : `name it in the settings of your editor; in VS Code: ${editorSetting(config, path)}`,
      );
}

function notLinked(message: string, help: string): MillraceError {
  return new MillraceError('SCHEMA_NOT_LINKED', message, { help });
}

function editorSetting(config: string, schemaPath: string): string {
  return `"json.schemas": [${JSON.stringify({ fileMatch: [`/${config}`], url: schemaPath })}]`;
}

/** A definition inside the schema is another part of the same file. */
function isSame(named: string, path: string): boolean {
  const plain = (text: string): string => text.replace(/^\.\//, '').replace(/#.*$/, '');
  return plain(named) === plain(path);
}
