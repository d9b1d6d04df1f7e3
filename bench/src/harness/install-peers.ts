import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runProgram } from './run-program.ts';

export const PEERS_FOLDER = fileURLToPath(new URL('../../peers', import.meta.url));

/** Which package.json the installed peers are of. */
const MARK = join(PEERS_FOLDER, 'node_modules', '.installed-for');
const LIMIT_MS = 300_000;

/**
 * Installs the peers unless they are. Their install scripts are not run: none of them needs one.
 * @returns why not, where it could not be done
 */
export async function installPeers(): Promise<string | undefined> {
  const wanted = createHash('sha256')
    .update(readFileSync(join(PEERS_FOLDER, 'package.json')))
    .digest('hex');
  if (existsSync(MARK) && readFileSync(MARK, 'utf8') === wanted) return undefined;
  console.error('installing the peers of the bench ...');
  const end = await runProgram({
    file: process.platform === 'win32' ? 'npm.cmd' : 'npm',
    args: ['install', '--ignore-scripts', '--no-package-lock', '--no-audit', '--no-fund'],
    cwd: PEERS_FOLDER,
    limitMs: LIMIT_MS,
  });
  switch (end.kind) {
    case 'ended':
      writeFileSync(MARK, wanted);
      return undefined;
    case 'over':
      return `npm install in bench/peers went over ${end.limit}`;
    case 'failed':
      console.error(`npm install in bench/peers: ${end.reason}`);
      return 'npm install in bench/peers failed';
    default:
      return end satisfies never;
  }
}
