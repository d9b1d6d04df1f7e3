import { readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Manifests } from './manifests.ts';
import { reduceSource } from './reduce-source.ts';
import { type ImportTarget, resolveImport } from './resolve-import.ts';

export interface CodeFile {
  /** Relative to the root when it is inside, with `/`. */
  readonly file: string;
  readonly hash: string;
}

/** One file, apart from what it imports. */
export interface ModuleFacts {
  /** Undefined when the file cannot be read. */
  readonly file: CodeFile | undefined;
  /** In the order of its imports. */
  readonly targets: readonly ImportTarget[];
  /** What the hash and the targets leave out: `file:line: reason` or `file: reason`. */
  readonly gaps: readonly string[];
}

/** Reads a file, given by its real path, and what it is shown as. */
export async function readModule(
  file: string,
  shown: string,
  manifests: Manifests,
): Promise<ModuleFacts> {
  let bytes: Buffer;
  try {
    // At once, because a pipeline may have more files than a process may keep open.
    bytes = readFileSync(file);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return { file: undefined, targets: [], gaps: [`${shown}: cannot be read (${code})`] };
  }
  const packageType = () => manifests.nearest(dirname(file))?.type;
  const { hash, imports, fault } = reduceSource(file, bytes, packageType);
  const gaps =
    fault === undefined
      ? []
      : [`${shown}: its imports are not known, as it is not parsed: ${fault}`];
  const targets: ImportTarget[] = [];
  for (const site of imports) {
    const target = await resolveImport(site, file, manifests);
    targets.push(target);
    if (target.kind === 'unknown') gaps.push(`${shown}:${site.line}: ${target.reason}`);
  }
  return { file: { file: shown, hash }, targets, gaps };
}
