import { readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { z } from '@millrace/core';

const text = z.string().optional().catch(undefined);

const manifestSchema = z.object({
  name: text,
  version: text,
  main: text,
  type: z.enum(['module', 'commonjs']).optional().catch(undefined),
  imports: z.record(z.string(), z.unknown()).optional().catch(undefined),
  exports: z.unknown().optional(),
});

export type Manifest = z.infer<typeof manifestSchema> & { readonly folder: string };

/** The package.json files, each read once. */
export class Manifests {
  /** By folder. */
  readonly #read = new Map<string, Manifest | undefined>();
  readonly #nearest = new Map<string, Manifest | undefined>();

  /** Of the package that the files of a folder belong to. */
  nearest(folder: string): Manifest | undefined {
    if (this.#nearest.has(folder)) return this.#nearest.get(folder);
    const above = dirname(folder);
    const found =
      this.in(folder) ??
      (above === folder || basename(above) === 'node_modules' ? undefined : this.nearest(above));
    this.#nearest.set(folder, found);
    return found;
  }

  /** Of the package that files of a folder get under a name. */
  installed(name: string, folder: string): Manifest | undefined {
    for (let here = folder; ; here = dirname(here)) {
      const found = this.in(join(here, 'node_modules', name));
      if (found !== undefined) return found;
      if (dirname(here) === here) return undefined;
    }
  }

  in(folder: string): Manifest | undefined {
    if (this.#read.has(folder)) return this.#read.get(folder);
    const manifest = readManifest(folder);
    this.#read.set(folder, manifest);
    return manifest;
  }
}

/** A manifest that cannot be read counts as none, as one that is not there. */
function readManifest(folder: string): Manifest | undefined {
  try {
    const parsed = manifestSchema.safeParse(
      JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8').replace(/^\uFEFF/, '')),
    );
    return parsed.success ? { ...parsed.data, folder } : undefined;
  } catch {
    return undefined;
  }
}
