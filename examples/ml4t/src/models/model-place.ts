import { basename, dirname, resolve } from 'node:path';

/** A model in a store. */
export interface ModelPlace {
  /** Folder of the store. */
  readonly store: string;
  readonly name: string;
}

/** @param modelPath STORE/NAME, relative to `folder` */
export function modelPlace(modelPath: string, folder: string): ModelPlace {
  const path = resolve(folder, modelPath);
  return { store: dirname(path), name: basename(path) };
}
