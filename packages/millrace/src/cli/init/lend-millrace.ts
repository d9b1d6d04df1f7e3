import { registerHooks } from 'node:module';
import { extname } from 'node:path';

const SELF = new URL(`../../index${extname(import.meta.url)}`, import.meta.url).href;

/**
 * Until a new project has installed its packages, `millrace` means the one that is running, so that its
 * stages can be looked at.
 * @returns ends it
 */
export function lendMillrace(): () => void {
  const hooks = registerHooks({
    resolve(specifier, context, next) {
      if (specifier !== 'millrace') return next(specifier, context);
      try {
        return next(specifier, context);
      } catch {
        return { url: SELF, shortCircuit: true };
      }
    },
  });
  return () => hooks.deregister();
}
