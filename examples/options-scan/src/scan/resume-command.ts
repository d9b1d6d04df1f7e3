import { relative } from 'node:path';
import { exampleFolder } from '../base/example-folder.ts';
import type { Environment } from '../rehearsal/switches.ts';

/** A word as a POSIX shell gives it back unchanged. */
function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`;
}

export interface ResumedCommand {
  /** Of package.json: `scan`, `backtest`. */
  readonly script: string;
  readonly runId: string;
  /** As it was given. */
  readonly home: string | undefined;
}

/** What goes on with a run when it is pasted into the shell from which this one was started. */
export function resumeCommand({ script, runId, home }: ResumedCommand, env: Environment): string {
  const folder = env.INIT_CWD ?? process.cwd();
  const toExample = relative(folder, exampleFolder);
  const words = ['npm', 'run', script, ...(toExample === '' ? [] : ['--prefix', toExample])];
  const where = home === undefined ? [] : ['--home', home];
  return [...words, '--', '--resume', runId, ...where].map(quoted).join(' ');
}
