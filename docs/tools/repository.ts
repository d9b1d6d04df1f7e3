import { globSync, readFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
export const DOCS = join(ROOT, 'docs');

export interface WorkspacePackage {
  /** `@millrace/core`. */
  readonly name: string;
  readonly description: string;
  /** Absolute. */
  readonly folder: string;
  /** Commands that it installs. */
  readonly bin: Readonly<Record<string, string>>;
}

/** The packages that users install, in the order of their folders. */
export function packages(): WorkspacePackage[] {
  return globSync('packages/*/package.json', { cwd: ROOT })
    .sort()
    .map((manifest) => {
      const { name, description, bin } = JSON.parse(readFileSync(join(ROOT, manifest), 'utf8'));
      return { name, description, folder: join(ROOT, dirname(manifest)), bin: bin ?? {} };
    });
}

/** A path as the pages and messages of the tools write it: from the root, with `/`. */
export function shown(file: string): string {
  return relative(ROOT, file).replaceAll(sep, '/');
}
