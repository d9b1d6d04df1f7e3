import { registerHooks } from 'node:module';

/** Imported first by a child process: it then runs on the sources of every package, as the tests do. */
registerHooks({
  resolve(specifier, context, nextResolve) {
    const name = /^(?:@millrace\/([^/]+)|(millrace))$/.exec(specifier)?.slice(1).find(Boolean);
    if (name === undefined) return nextResolve(specifier, context);
    const source = new URL(`../../../../packages/${name}/src/index.ts`, import.meta.url);
    return nextResolve(source.href, context);
  },
});
