import { lstatSync, mkdirSync } from 'node:fs';
import { enableCompileCache } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Rights of the group and of everybody else. */
const OTHERS = 0o077;

/** One for each person, beside what Node itself keeps for them. */
export function compileCacheFolder(): string {
  return join(tmpdir(), `millrace-compiled-${process.getuid?.() ?? 'own'}`);
}

/**
 * Has Node keep the compiled code of the hundreds of modules that a command loads, so that the next one starts sooner.
 * It holds the text of stages too, and is executed: so only in a folder that nobody else can read or write. Elsewhere,
 * and where the folder cannot be made, the command starts without it. `NODE_COMPILE_CACHE` names another folder,
 * `NODE_DISABLE_COMPILE_CACHE=1` turns it off.
 * @returns whether the folder is fit for it
 */
export function keepCompiledCode(folder: string): boolean {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    const stats = lstatSync(folder);
    const isOwn =
      process.getuid === undefined ||
      (stats.uid === process.getuid() && (stats.mode & OTHERS) === 0);
    if (!stats.isDirectory() || !isOwn) return false;
  } catch {
    return false;
  }
  enableCompileCache(folder);
  return true;
}
