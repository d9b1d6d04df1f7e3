import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

/** The config that belongs to a folder, or undefined; found as `loadConfig` finds it. Nothing of it is executed. */
export async function findDefaultConfig(folder: string): Promise<string | undefined> {
  const { SEARCH_PLACES } = await import('@millrace/config');
  for (let here = resolve(folder); ; here = dirname(here)) {
    for (const place of SEARCH_PLACES) {
      const file = join(here, place);
      if (place === 'package.json' ? hasMillraceKey(file) : existsSync(file)) return file;
    }
    if (existsSync(join(here, 'package.json')) || dirname(here) === here) return undefined;
  }
}

function hasMillraceKey(file: string): boolean {
  try {
    const parsed: unknown = JSON.parse(readFileSync(file, 'utf8'));
    return typeof parsed === 'object' && parsed !== null && 'millrace' in parsed;
  } catch {
    return false;
  }
}
