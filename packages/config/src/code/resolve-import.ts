import { isBuiltin } from 'node:module';
import { dirname, join, resolve, sep } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { packageName, resolvePackage } from '../uses/resolve-package.ts';
import { findModuleFile } from './find-module-file.ts';
import type { ImportSite } from './import-site.ts';
import type { Manifest, Manifests } from './manifests.ts';
import { packageImport } from './package-imports.ts';
import { realPath } from './real-path.ts';

export interface PackageVersion {
  readonly name: string;
  /** Empty when its package.json has none. */
  readonly version: string;
}

export type ImportTarget =
  /** A real path. */
  | { readonly kind: 'file'; readonly file: string }
  | { readonly kind: 'package'; readonly package: PackageVersion }
  /** A part of node, or code written in the specifier itself. */
  | { readonly kind: 'nothing' }
  | { readonly kind: 'unknown'; readonly reason: string };

const PATH = /^(?:\.{0,2}\/|\.{1,2}$)/;
const SCHEME = /^([a-z][a-z0-9+.-]*):/i;

/** What an import in a file loads. */
export async function resolveImport(
  { kind, specifier }: Pick<ImportSite, 'kind' | 'specifier'>,
  from: string,
  manifests: Manifests,
): Promise<ImportTarget> {
  if (specifier === undefined) return unknown(`${kind}() of a computed specifier`);
  if (isBuiltin(specifier) || specifier.startsWith('data:')) return { kind: 'nothing' };
  if (PATH.test(specifier) || (kind === 'import' && specifier.startsWith('file:'))) {
    return fileTarget(kind === 'import' ? urlPath(specifier, from) : plainPath(specifier, from));
  }
  if (SCHEME.test(specifier)) return unknown(`${JSON.stringify(specifier)} is no local file`);
  const own = manifests.nearest(dirname(from));
  if (specifier.startsWith('#')) {
    const target = own && packageImport(specifier, own, kind);
    if (own === undefined || target === undefined) {
      return unknown(`${JSON.stringify(specifier)} is not in the imports of package.json`);
    }
    if (target.startsWith('./')) return fileTarget(join(own.folder, target));
    // A target may name a package, but no further `#name`.
    return target.startsWith('#')
      ? unknown(`${JSON.stringify(specifier)} stands for ${JSON.stringify(target)}`)
      : resolveImport({ kind, specifier: target }, from, manifests);
  }
  const name = packageName(specifier);
  const installed = manifests.installed(name, dirname(from));
  const isSelf = own?.name === name && own.exports !== undefined;
  if (isSelf || (installed !== undefined && isLinked(name, installed))) {
    // Files that are worked on: their version does not change with them.
    const file = await resolvePackage(specifier, from);
    return file.ok ? fileTarget(file.value) : unknown(`${specifier}: ${file.problem.message}`);
  }
  return installed === undefined
    ? unknown(`package ${JSON.stringify(name)} is not installed`)
    : { kind: 'package', package: { name, version: installed.version ?? '' } };

  function fileTarget(path: string | undefined): ImportTarget {
    const file = path === undefined ? undefined : findModuleFile(path, manifests);
    return file === undefined
      ? unknown(`${JSON.stringify(specifier)} is not found`)
      : { kind: 'file', file };
  }
}

/** A package of a workspace, which stands beside the project's own files. */
function isLinked(name: string, { folder }: Manifest): boolean {
  // What runs the stages is no part of them.
  if (name === 'millrace' || name.startsWith('@millrace/')) return false;
  return !realPath(folder).split(sep).includes('node_modules');
}

function unknown(reason: string): ImportTarget {
  return { kind: 'unknown', reason };
}

/** Node reads the specifier of an import as a URL, with a query and percent signs. */
function urlPath(specifier: string, from: string): string | undefined {
  try {
    return fileURLToPath(new URL(specifier, pathToFileURL(from)));
  } catch {
    return undefined;
  }
}

/** A slash at the end stays: it asks for a folder. */
function plainPath(specifier: string, from: string): string {
  const path = resolve(dirname(from), specifier);
  return /(?:^|\/)\.{0,2}$/.test(specifier) ? `${path}/` : path;
}
