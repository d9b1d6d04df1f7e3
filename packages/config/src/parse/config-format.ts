import { basename, extname } from 'node:path';

export type ConfigFormat = TextFormat | 'module';

/** What is read without being executed. */
export type TextFormat = 'yaml' | 'json' | 'jsonc' | 'json5' | 'toml';

const FORMATS: ReadonlyMap<string, ConfigFormat> = new Map<string, ConfigFormat>([
  ['.yaml', 'yaml'],
  ['.yml', 'yaml'],
  ['.json', 'json'],
  ['.jsonc', 'jsonc'],
  ['.json5', 'json5'],
  ['.toml', 'toml'],
  ...['.ts', '.mts', '.cts', '.js', '.mjs', '.cjs'].map((ext) => [ext, 'module'] as const),
]);

export const KNOWN_EXTENSIONS: readonly string[] = [...FORMATS.keys()];

/** How a file is read, by its name; `.millracerc` without an ending is YAML, as JSON is as well. */
export function configFormat(file: string): ConfigFormat | undefined {
  const extension = extname(file).toLowerCase();
  return extension === '' ? 'yaml' : FORMATS.get(extension);
}

/** A package.json holds the config under its key `millrace`. */
export function isPackageJson(file: string): boolean {
  return basename(file) === 'package.json';
}
