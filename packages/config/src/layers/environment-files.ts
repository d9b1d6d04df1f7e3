import { readdir } from 'node:fs/promises';
import { basename, dirname, extname, join } from 'node:path';
import { configFormat, isPackageJson } from '../parse/config-format.ts';

/**
 * The files beside a config that are named for an environment, by its name: `pipeline.prod.yaml` for
 * `pipeline.yaml`, in any format. A file is found in the listing of the folder, never made of a name
 * that was given, which could lead elsewhere.
 */
export async function environmentFiles(
  configFile: string,
): Promise<ReadonlyMap<string, readonly string[]>> {
  const files = new Map<string, string[]>();
  if (isPackageJson(configFile)) return files;
  const folder = dirname(configFile);
  const start = `${basename(configFile, extname(configFile))}.`;
  for (const name of await namesIn(folder)) {
    const ending = extname(name);
    if (!name.startsWith(start) || ending === '' || configFormat(name) === undefined) continue;
    const environment = name.slice(start.length, -ending.length);
    if (environment === '' || environment.includes('.')) continue;
    files.set(environment, [...(files.get(environment) ?? []), join(folder, name)]);
  }
  return files;
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    return (await readdir(folder)).sort();
  } catch {
    return [];
  }
}
