import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { linkPackages } from './link-packages.ts';
import { ROOT } from './repository.ts';
import type { Story } from './story.ts';

/** Strict, as a careful reader's own project is. */
const TSCONFIG = {
  compilerOptions: {
    target: 'es2024',
    lib: ['es2024', 'esnext.disposable'],
    module: 'nodenext',
    types: ['node'],
    strict: true,
    noEmit: true,
    skipLibCheck: true,
    allowImportingTsExtensions: true,
    erasableSyntaxOnly: true,
    verbatimModuleSyntax: true,
    noUncheckedIndexedAccess: true,
  },
  include: ['**/*.ts'],
};

/** Type-checks all TypeScript of all pages at once. A file that a page changes is checked in each form. */
export async function typeCheck(stories: readonly Story[]): Promise<string[]> {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'millrace-docs-')));
  try {
    const places = new Map<string, string>();
    for (const [index, story] of stories.entries()) {
      writeSources(folder, `page-${index}`, story, places);
    }
    writeFileSync(join(folder, 'package.json'), '{ "type": "module" }\n');
    writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(TSCONFIG));
    linkPackages(folder);
    const output = await compile(folder);
    return output.split('\n').flatMap((line) => {
      const error = /^(\S+?)\((\d+),\d+\): (.*)$/.exec(line);
      if (error === null) return /error TS/.test(line) ? [line] : [];
      const [, file = '', row, message] = error;
      const [page, start] = (places.get(file) ?? `${file}:1`).split(':');
      return [`${page}:${Number(start) + Number(row) - 1}: ${message}`];
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function writeSources(
  folder: string,
  name: string,
  { page, events }: Story,
  places: Map<string, string>,
): void {
  for (const event of events) {
    if (event.kind !== 'file') continue;
    let path = join(name, event.path);
    for (let copy = 2; places.has(path); copy++)
      path = join(name, event.path.replace(/\.ts$/, `-${copy}.ts`));
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), event.text);
    if (event.path.endsWith('.ts')) places.set(path, `${page}:${event.line}`);
  }
}

async function compile(folder: string): Promise<string> {
  const tsc = join(ROOT, 'node_modules', 'typescript', 'bin', 'tsc');
  const child = spawn(process.execPath, [tsc, '--pretty', 'false'], { cwd: folder });
  const chunks: Buffer[] = [];
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => chunks.push(chunk));
  }
  await once(child, 'close');
  return Buffer.concat(chunks).toString('utf8');
}
