import { readFile } from 'node:fs/promises';
import { createRequire, findPackageJSON } from 'node:module';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { problem, type Result, success } from '@millrace/core';
import { resolve as resolveExports } from 'resolve.exports';

export interface PackageFault {
  readonly kind: 'missing' | 'not-exported';
  readonly message: string;
}

/**
 * The file that `import` of a specifier from beside the config would load. Node has a resolver for
 * ESM only relative to the running module, so `exports` are read here.
 */
export async function resolvePackage(
  specifier: string,
  configFile: string,
): Promise<Result<string, PackageFault>> {
  const manifestFile = findManifest(specifier, configFile);
  if (manifestFile === undefined)
    return problem({ kind: 'missing', message: 'it is not installed' });
  try {
    const manifest = JSON.parse(await readFile(manifestFile, 'utf8'));
    if (manifest.exports === undefined)
      return success(createRequire(configFile).resolve(specifier));
    const [target] = resolveExports(manifest, specifier) ?? [];
    if (target !== undefined) return success(join(dirname(manifestFile), target));
    return problem({ kind: 'not-exported', message: `its package.json exports no ${specifier}` });
  } catch (error) {
    const message = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
    return problem({ kind: 'not-exported', message });
  }
}

function findManifest(specifier: string, configFile: string): string | undefined {
  try {
    return findPackageJSON(specifier, pathToFileURL(configFile));
  } catch {
    return undefined;
  }
}

/** `@scope/name` or `name`. */
export function packageName(specifier: string): string {
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
}
