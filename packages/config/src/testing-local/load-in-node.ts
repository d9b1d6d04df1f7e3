import { registerHooks } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

// Runs in a plain Node process, without jest and without a build: packages are their sources.
const packages = join(import.meta.dirname, '../../..');

registerHooks({
  resolve(specifier, context, next) {
    const name = /^@millrace\/([^/]+)$/.exec(specifier)?.[1];
    if (name === undefined) return next(specifier, context);
    return next(pathToFileURL(join(packages, name, 'src/index.ts')).href, context);
  },
});

const { loadConfig } = await import('../load-config.ts');
const loaded = await loadConfig({ cwd: process.argv[2], env: {} });
const answer = loaded.ok
  ? { stages: loaded.value.pipeline.stages.map(({ id, params }) => ({ id, params: params.value })) }
  : { diagnostics: loaded.problem.diagnostics };
process.stdout.write(JSON.stringify(answer));
