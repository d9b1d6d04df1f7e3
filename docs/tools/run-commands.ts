import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { dirname, join } from 'node:path';
import { SHIMS } from './link-packages.ts';

export interface CommandResult {
  readonly command: string;
  /** Standard output and error, as they came. */
  readonly output: string;
}

/** No command line of a page holds it. */
const MARK = '\u0001';

/** Runs command lines one after the other in one shell, so that `cd`, variables and `$?` carry over. */
export async function runCommands(
  commands: readonly string[],
  folder: string,
): Promise<readonly CommandResult[]> {
  // One pipe for both, so that their lines come in the order in which they were written.
  const lines = commands.map(
    (command) => `${command}\n__code=$?; printf '${MARK}'; (exit $__code)\n`,
  );
  const script = `exec 2>&1\n${lines.join('')}`;
  const shell = spawn('sh', ['-c', script], {
    cwd: folder,
    env: environment(folder),
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const chunks: Buffer[] = [];
  shell.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
  await once(shell, 'close');
  const outputs = Buffer.concat(chunks).toString('utf8').split(MARK);
  return commands.map((command, at) => ({ command, output: outputs[at] ?? '' }));
}

/** As on a reader's machine, not as under npm or in CI: nothing may depend on who runs the checks. */
function environment(folder: string): NodeJS.ProcessEnv {
  const kept = ['HOME', 'TMPDIR', 'LANG', 'SystemRoot'].flatMap((name) => {
    const value = process.env[name];
    return value === undefined ? [] : [[name, value]];
  });
  const path = [join(folder, SHIMS), dirname(process.execPath), process.env.PATH ?? ''].join(':');
  return { ...Object.fromEntries(kept), PATH: path, TZ: 'UTC', NO_COLOR: '1' };
}
