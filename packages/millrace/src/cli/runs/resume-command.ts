import { basename, delimiter, dirname, resolve } from 'node:path';
import { isDefaultStore, type KnownConfig, shownPath, shownStore } from './store-place.ts';

type Env = Readonly<Record<string, string | undefined>>;

export interface ResumeRequest {
  readonly runId: string;
  /** Absolute, as `LoadedPipeline` has it. */
  readonly store: string;
  /** Default: that of the process. */
  readonly cwd?: string;
  /** Default: that of the process. */
  readonly env?: Env;
  /** A config whose store is known, so that it need not be loaded. */
  readonly known?: KnownConfig | undefined;
}

/**
 * The command that resumes a run, to be copied into a shell: quoted, with the store when it is not
 * found without, started as this command was (`npx millrace` from other programs). Undefined for a run that ends with its process.
 */
export async function resumeCommand(request: ResumeRequest): Promise<string | undefined> {
  const { runId, store, cwd = process.cwd(), env = process.env, known } = request;
  if (store === 'memory' || store === 'sqlite::memory:') return undefined;
  // npm starts scripts in the folder of their package, which need not be where the person is.
  const folder = env.INIT_CWD ?? cwd;
  const where = (await isDefaultStore(store, folder, known))
    ? []
    : ['--store', shownStore(store, folder)];
  return [...programWords(folder, env), 'resume', runId, ...where].map(shellQuote).join(' ');
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
