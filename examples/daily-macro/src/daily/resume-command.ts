import { relative } from 'node:path';
import type { Environment } from '../rehearsal/switches.ts';
import { exampleFolder } from './places.ts';

/** A word as a POSIX shell gives it back unchanged. */
function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`;
}

/** What goes on with a run when it is pasted into the shell from which this one was started. */
export function resumeCommand(runId: string, home: string | undefined, env: Environment): string {
  // npm starts scripts in the folder of their package; INIT_CWD is where the person is.
  const folder = env.INIT_CWD ?? process.cwd();
  const toExample = relative(folder, exampleFolder);
  const words = ['npm', 'run', 'daily', ...(toExample === '' ? [] : ['--prefix', toExample])];
  const where = home === undefined ? [] : ['--home', home];
  return [...words, '--', '--resume', runId, ...where].map(quoted).join(' ');
}
