import { join, resolve } from 'node:path';
import { formatStoreSpec } from 'millrace';
import { exampleFolder } from '../base/example-folder.ts';

/** Where trainings leave what. All absolute. */
export interface TrainPlaces {
  readonly home: string;
  /** For `openStore`. */
  readonly store: string;
  readonly models: string;
  readonly logs: string;
}

/** @param home relative to where the person is: npm starts scripts in the folder of their package */
export function trainPlaces(
  home: string | undefined,
  { INIT_CWD = '.' }: Readonly<Record<string, string | undefined>>,
): TrainPlaces {
  const folder = home === undefined ? join(exampleFolder, '.millrace') : resolve(INIT_CWD, home);
  return {
    home: folder,
    store: formatStoreSpec({ kind: 'sqlite', path: join(folder, 'millrace.db') }),
    models: join(folder, 'models'),
    logs: join(folder, 'logs'),
  };
}
