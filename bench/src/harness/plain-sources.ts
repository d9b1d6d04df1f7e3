import {
  existsSync,
  globSync,
  mkdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const BENCH = fileURLToPath(new URL('../..', import.meta.url));
/** Named after this process, because another one may measure at the same time. */
const FOLDER = join(BENCH, 'dist', String(process.pid));

let isWritten = false;

/**
 * The path of a file of the bench as plain JavaScript. Node's own stripping of types costs a process some 100 ms and
 * 20 MB, which would be measured along, and which makes a slow start look better beside a fast one.
 * @param file relative to the folder `src`
 */
export function plainSource(file: string): string {
  if (!isWritten) writePlainSources();
  isWritten = true;
  return join(FOLDER, 'src', toPlain(file));
}

function writePlainSources(): void {
  process.once('exit', () => rmSync(FOLDER, { recursive: true, force: true }));
  for (const file of globSync(['src/**/*.ts', 'peers/src/*.ts'], { cwd: BENCH })) {
    const stripped = stripTypeScriptTypes(readFileSync(join(BENCH, file), 'utf8'));
    const path = join(FOLDER, toPlain(file));
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, withPlainImports(stripped));
  }
  const peers = join(BENCH, 'peers/node_modules');
  if (existsSync(peers)) symlinkSync(peers, join(FOLDER, 'peers/node_modules'), 'junction');
}

function toPlain(file: string): string {
  return file.replace(/[.]ts$/, '.js');
}

/** What begins with `./` or `../` is taken for an import. */
function withPlainImports(source: string): string {
  return source.replaceAll(/(['"`][.]{1,2}\/[^'"`\n]*)[.]ts(?=['"`])/g, '$1.js');
}
