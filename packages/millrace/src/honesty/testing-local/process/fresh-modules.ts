import { registerHooks } from 'node:module';
import { pathToFileURL } from 'node:url';

/**
 * Modules are kept for the life of a thread. This makes those of one folder new ones whenever it is told to,
 * as they are to a process that starts after an edit; the packages of Millrace stay.
 * @returns begins the next module graph
 */
export function freshModulesIn(folder: string): () => void {
  const inside = `${pathToFileURL(folder).href}/`;
  let edit = 0;
  registerHooks({
    resolve(specifier, context, nextResolve) {
      const resolved = nextResolve(specifier, context);
      if (!resolved.url.startsWith(inside)) return resolved;
      return { ...resolved, url: `${resolved.url}?edit=${edit}` };
    },
  });
  return () => {
    edit += 1;
  };
}
