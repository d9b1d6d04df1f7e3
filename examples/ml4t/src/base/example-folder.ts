import { join } from 'node:path';

/** Where `pipeline.yaml` and `ml4t.yaml` are. */
export const exampleFolder = join(import.meta.dirname, '..', '..');
