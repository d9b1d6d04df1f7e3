import { join, resolve } from 'node:path';

/** The folder of `pipeline.yaml`. */
export const exampleFolder = join(import.meta.dirname, '..', '..');

/** A path of the config as an absolute one: relative ones begin at the example, wherever the process was started. */
export function inExample(path: string): string {
  return resolve(exampleFolder, path);
}
