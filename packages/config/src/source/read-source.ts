import { readFile, stat } from 'node:fs/promises';
import type { ConfigSource } from './config-source.ts';
import { decodeText } from './decode-text.ts';
import type { Problems } from './problems.ts';

/** Some 140,000 stages. What is larger costs more memory to check than a config is worth. */
export const MAX_CONFIG_BYTES = 16 * 1024 * 1024;

interface ReadRequest {
  readonly file: string;
  /** As it is shown in problems. */
  readonly name: string;
  /** At least 1, default {@link MAX_CONFIG_BYTES}. */
  readonly maxBytes?: number | undefined;
}

/** Reads a config file as text; undefined, and reported, when it cannot be opened or is too large. */
export async function readSource(
  { file, name, maxBytes = MAX_CONFIG_BYTES }: ReadRequest,
  problems: Problems,
): Promise<ConfigSource | undefined> {
  try {
    const stats = await stat(file);
    if (!stats.isFile()) {
      problems.report({
        code: 'CONFIG_UNREADABLE',
        message: `${name} is ${stats.isDirectory() ? 'a folder' : 'no ordinary file'}`,
      });
      return undefined;
    }
    if (stats.size > maxBytes) {
      problems.report({
        code: 'CONFIG_TOO_LARGE',
        message: `${name} is larger than a config file may be`,
        got: `${stats.size} bytes`,
        expected: `at most ${maxBytes} bytes`,
        help: 'keep data in files that stages read, and only wiring in the config',
      });
      return undefined;
    }
    return decodeText(name, await readFile(file), problems);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    problems.report({ code: 'CONFIG_UNREADABLE', message: `${name} cannot be read: ${code}` });
    return undefined;
  }
}
