import { extname } from 'node:path';
import { isPackageJson } from '../parse/config-format.ts';

/** How a file tells an editor its schema: a comment in the first line, in the words of the format's own editors. */
interface LineForm {
  /** Undefined for a format that has a key for it instead. */
  readonly start?: string;
  /** Finds such a line in a text; its first group is the path. */
  readonly pattern: RegExp;
}

const YAML: LineForm = {
  start: '# yaml-language-server: $schema=',
  pattern: /^#[ \t]+(?:yaml-language-server[ \t]*:.*?\$schema(?:=|:[ \t]*)|\$schema:[ \t]*)(\S+)/m,
};
const TOML: LineForm = { start: '#:schema ', pattern: /^#:schema\s+(\S+)/m };

/** The convention of JSON editors: the first key. */
const JSON_KEY: LineForm = { pattern: /^\s*\{\s*["']?\$schema["']?\s*:\s*["']([^"']*)["']/ };

const FORMS: ReadonlyMap<string, LineForm> = new Map([
  ['', YAML],
  ['.yaml', YAML],
  ['.yml', YAML],
  ['.toml', TOML],
  ['.json', JSON_KEY],
  ['.jsonc', JSON_KEY],
  ['.json5', JSON_KEY],
]);

/**
 * The line that names a schema to the editor of a config.
 * @param schemaPath relative to the config, with `/`
 * @returns undefined for a format without such a line, and for a path with a space, which no line can name
 */
export function schemaLine(configFile: string, schemaPath: string): string | undefined {
  const form = FORMS.get(extname(configFile).toLowerCase());
  return form?.start === undefined || /\s/.test(schemaPath)
    ? undefined
    : `${form.start}${schemaPath}`;
}

/** The path of the schema that a config names already. */
export function namedSchema(configFile: string, text: string): string | undefined {
  // Its own key names the schema of packages.
  if (isPackageJson(configFile)) return undefined;
  const form = FORMS.get(extname(configFile).toLowerCase());
  return form?.pattern.exec(text)?.[1];
}

const BYTE_ORDER_MARK = Buffer.from([0xef, 0xbb, 0xbf]);

/** The bytes of a config with a line put before its first; every byte of it is kept. */
export function withFirstLine(bytes: Uint8Array, line: string): Uint8Array {
  const mark = BYTE_ORDER_MARK.equals(bytes.subarray(0, 3)) ? 3 : 0;
  const firstEnd = bytes.indexOf(0x0a);
  const ending = firstEnd > 0 && bytes[firstEnd - 1] === 0x0d ? '\r\n' : '\n';
  return Buffer.concat([
    bytes.subarray(0, mark),
    Buffer.from(`${line}${ending}`),
    bytes.subarray(mark),
  ]);
}
