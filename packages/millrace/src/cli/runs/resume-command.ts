import { commandLine, type Env, shellFolder } from './command-line.ts';
import { isDefaultStore, shownStore } from './store-place.ts';

export interface ResumeRequest {
  readonly runId: string;
  /** Absolute, as `LoadedPipeline` has it. */
  readonly store: string;
  /** Default: that of the process. */
  readonly cwd?: string;
  /** Default: that of the process. */
  readonly env?: Env;
}

/**
 * The command that resumes a run, to be copied into a shell: quoted, with the store when it is not
 * found without, started as this command was (`npx millrace` from other programs). Undefined for a run that ends with its process.
 */
export async function resumeCommand(request: ResumeRequest): Promise<string | undefined> {
  return runCommand('resume', request);
}

/** The same for another command that takes a run: `plan`, `show`. */
export async function runCommand(
  command: string,
  { runId, store, cwd = process.cwd(), env = process.env }: ResumeRequest,
): Promise<string | undefined> {
  if (store === 'memory' || store === 'sqlite::memory:') return undefined;
  const folder = shellFolder({ cwd, env });
  const where = (await isDefaultStore(store, { cwd: folder, env }))
    ? []
    : ['--store', shownStore(store, folder)];
  return commandLine([command, runId, ...where], { cwd, env });
}
