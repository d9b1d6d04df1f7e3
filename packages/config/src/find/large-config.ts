import { stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { isPackageJson } from '../parse/config-format.ts';
import { MAX_CONFIG_BYTES } from '../source/read-source.ts';

/**
 * The config that a search from the folder would find, if it is too large to be read. The search reads
 * what it finds as a whole, and fails without a word about the file when that makes no text.
 */
export async function largeConfig(
  folder: string,
  places: readonly string[],
): Promise<string | undefined> {
  for (let here = folder; ; here = dirname(here)) {
    for (const place of places) {
      const file = join(here, place);
      const size = await sizeOf(file);
      if (size === undefined) continue;
      if (isPackageJson(file)) return undefined;
      return size > MAX_CONFIG_BYTES ? file : undefined;
    }
    if (dirname(here) === here) return undefined;
  }
}

/** Of an ordinary file. */
async function sizeOf(file: string): Promise<number | undefined> {
  try {
    const stats = await stat(file);
    return stats.isFile() ? stats.size : undefined;
  } catch {
    return undefined;
  }
}
