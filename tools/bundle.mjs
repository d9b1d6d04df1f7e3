// Puts each library package into few files, since Node takes longer to find and read hundreds of modules than to run
// them. What is imported when it is needed stays in a file of its own, and so does every dependency. With --clean it
// removes them.
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';

/** `millrace` itself is not among them: its commands are loaded one by one, and look for files beside themselves. */
const BUNDLED = ['core', 'config', 'sqlite', 'logging', 'quant', 'stream', 'testing'];

/** What is started as a thread needs a file of its own, at the top of `dist`. */
const THREADS = { quant: { 'fit-worker': 'src/models/fit-worker.ts' } };

const PACKAGES = join(import.meta.dirname, '../packages');
const isToClean = process.argv.includes('--clean');

for (const name of BUNDLED) {
  const folder = join(PACKAGES, name);
  const outdir = join(folder, 'dist');
  // What the last build has left: modules that are bundled now, and chunks of other names.
  for (const left of [
    'chunks',
    'index.js',
    ...Object.keys(THREADS[name] ?? {}).map((thread) => `${thread}.js`),
  ])
    rmSync(join(outdir, left), { recursive: true, force: true });
  if (isToClean) continue;
  const { dependencies = {} } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  await build({
    entryPoints: { index: 'src/index.ts', ...THREADS[name] },
    absWorkingDir: folder,
    outdir,
    chunkNames: 'chunks/[name]-[hash]',
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node22',
    external: Object.keys(dependencies),
    logLevel: 'warning',
  });
}
