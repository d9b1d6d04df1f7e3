import { registerHooks } from 'node:module';

/** Imported first by a child process: it then runs on the sources of every package, as the tests do. */
registerHooks({
  resolve(specifier, context, nextResolve) {
    const name = /^@millrace\/([^/]+)$/.exec(specifier)?.[1];
    if (name === undefined) return nextResolve(specifier, context);
    const source = new URL(`../../../${name}/src/index.ts`, import.meta.url);
    return nextResolve(source.href, context);
  },
});
