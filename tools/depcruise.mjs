// dependency-cruiser reads TypeScript through the compiler's JavaScript API, which TypeScript 7
// does not have. Its imports of `typescript` are answered with the TypeScript 6 of tools/.
import { createRequire, registerHooks } from 'node:module';
import { pathToFileURL } from 'node:url';

const fromHere = createRequire(import.meta.url);

const asksForApi = (specifier, importer = '') =>
  /^typescript(?:\/|$)/.test(specifier) &&
  /\/node_modules\/(?:dependency-cruiser|tsconfig-paths[^/]*)\//.test(importer);

let answered = false;

registerHooks({
  resolve(specifier, context, nextResolve) {
    if (!asksForApi(specifier, context.parentURL)) return nextResolve(specifier, context);
    answered = true;
    const url = pathToFileURL(fromHere.resolve(specifier)).href;
    return { url, format: url.endsWith('.json') ? 'json' : 'commonjs', shortCircuit: true };
  },
});

// Without the compiler, dependency-cruiser only warns, and type imports would go unchecked.
process.once('exit', () => {
  if (answered) return;
  console.error(
    'error: dependency-cruiser no longer asks for typescript: adapt tools/depcruise.mjs',
  );
  process.exitCode = 1;
});

await import('../node_modules/dependency-cruiser/bin/dependency-cruiser.mjs');
