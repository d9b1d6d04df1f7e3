// Puts each library package into few files, since Node takes longer to find and read hundreds of modules than to run
// them. What is imported when it is needed stays in a file of its own, and so does every dependency. With --clean it
// removes them.
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';

/** `millrace` itself is not among them: its commands are loaded one by one, and look for files beside themselves. */
const BUNDLED = ['core', 'config', 'sqlite', 'logging', 'testing'];

const PACKAGES = join(import.meta.dirname, '../packages');
const isToClean = process.argv.includes('--clean');

for (const name of BUNDLED) {
  const folder = join(PACKAGES, name);
  const outdir = join(folder, 'dist');
  // What the last build has left: modules that are bundled now, and chunks of other names.
  for (const left of ['chunks', 'index.js'])
    rmSync(join(outdir, left), { recursive: true, force: true });
  if (isToClean) continue;
  const { dependencies = {} } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  await build({
    entryPoints: [join(folder, 'src/index.ts')],
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
