import { basename, delimiter, dirname, resolve } from 'node:path';
import { shownPath } from './store-place.ts';

export type Env = Readonly<Record<string, string | undefined>>;

/** Where a command that is printed will be typed. */
export interface Shell {
  readonly cwd: string;
  readonly env: Env;
}

/**
 * A command of Millrace to be copied into a shell: quoted, and started as this process was, or with
 * `npx millrace` from other programs.
 */
export function commandLine(words: readonly string[], shell: Shell): string {
  return [...programWords(shellFolder(shell), shell.env), ...words].map(shellQuote).join(' ');
}

/** The folder the person is in; npm starts scripts in the folder of their package. */
export function shellFolder({ cwd, env }: Shell): string {
  return env.INIT_CWD ?? cwd;
}

/** A word as a POSIX shell gives it back unchanged. */
export function shellQuote(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`;
}

/** How this program is started from the person's shell. */
function programWords(folder: string, env: Env): readonly string[] {
  const script = process.argv[1] ?? '';
  if (basename(script) === 'millrace.js') return ['node', shownPath(script, folder)];
  // npm puts the commands of packages on the path of what it starts, not on that of the shell.
  if (basename(script) !== 'millrace' || env.npm_execpath !== undefined) return ['npx', 'millrace'];
  const isOnPath = (env.PATH ?? '')
    .split(delimiter)
    .some((dir) => dir !== '' && resolve(dir) === dirname(script));
  if (isOnPath) return ['millrace'];
  return basename(dirname(script)) === '.bin' ? ['npx', 'millrace'] : [shownPath(script, folder)];
}
