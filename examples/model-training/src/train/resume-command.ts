import { relative } from 'node:path';
import { exampleFolder } from '../base/example-folder.ts';
import type { Environment } from '../rehearsal/switches.ts';

/** A word as a POSIX shell gives it back unchanged. */
function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`;
}

/** A script of this example with its arguments, to be pasted into the shell from which this process was started. */
export function scriptCommand(script: string, args: readonly string[], env: Environment): string {
  const folder = env.INIT_CWD ?? process.cwd();
  const toExample = relative(folder, exampleFolder);
  const words = ['npm', 'run', script, ...(toExample === '' ? [] : ['--prefix', toExample])];
  return [...words, '--', ...args].map(quoted).join(' ');
}

/** What goes on with a run. @param home as it was given */
export function resumeCommand(runId: string, home: string | undefined, env: Environment): string {
  const where = home === undefined ? [] : ['--home', home];
  return scriptCommand('train', ['--resume', runId, ...where], env);
}
