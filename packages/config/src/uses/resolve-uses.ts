import { realpath, stat } from 'node:fs/promises';
import { basename, dirname, extname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { problem, type Result, success } from '@millrace/core';
import { oneOf } from '../source/one-of.ts';
import { suggestName } from '../source/suggest-name.ts';
import { missingFile } from './missing-file.ts';
import { MODULE_ENDINGS } from './module-endings.ts';
import { nearPackage } from './near-package.ts';
import { parseUses, type UsesTarget } from './parse-uses.ts';
import { mayImport, projectRoot } from './project-root.ts';
import { packageName, resolvePackage } from './resolve-package.ts';
import type { UsesFault } from './uses-fault.ts';

export type ResolvedUses =
  | { readonly kind: 'registered'; readonly value: unknown }
  | { readonly kind: 'module'; readonly file: string; readonly exportName: string };

/** A `uses` as it was written, when that was in another file than the config. */
export interface WrittenUses {
  readonly text: string;
  /** Absolute path of the file. */
  readonly file: string;
}

interface UsesContext {
  readonly configFile: string;
  readonly registry: ReadonlyMap<string, unknown>;
  readonly written?: WrittenUses | undefined;
}

/** Finds what a `uses` names, without running anything. */
export async function resolveUses(
  uses: string,
  context: UsesContext,
): Promise<Result<ResolvedUses, UsesFault>> {
  if (context.registry.has(uses))
    return success({ kind: 'registered', value: context.registry.get(uses) });
  const target = parseUses(uses);
  if (target === undefined) {
    return invalid(uses);
  }
  switch (target.kind) {
    case 'file':
      return resolveFile(uses, target, context);
    case 'package':
      return resolveInstalled(uses, target, context);
    case 'name':
      return unknownName(target.name, context);
  }
}

async function resolveFile(
  uses: string,
  { path, exportName }: Extract<UsesTarget, { kind: 'file' }>,
  { configFile, written }: UsesContext,
): Promise<Result<ResolvedUses, UsesFault>> {
  const folder = dirname(configFile);
  const file = toPath(path, folder);
  if (file === undefined) return invalid(uses);
  const root = projectRoot(folder);
  const shown = written?.text ?? uses;
  // Before the file is looked at: whether it exists outside is nobody's business.
  if (!mayImport(file, root)) return outside(shown, root);
  const real = await realFile(file);
  if (real === undefined) {
    const shownFile = written === undefined ? path : written.text.replace(/#[^#]*$/, '');
    const beside = written === undefined ? 'the config' : basename(written.file);
    return problem(await missingFile({ file, shown: shownFile, beside }));
  }
  // A link may lead out of the project as well; links may also lead to the project.
  if (!mayImport(real, (await realpath(root).catch(() => undefined)) ?? root))
    return outside(shown, root);
  if (!MODULE_ENDINGS.includes(extname(real).toLowerCase())) {
    return problem({
      code: 'USES_INVALID',
      message: `${JSON.stringify(path)} is no module`,
      expected: `a file that ends in ${MODULE_ENDINGS.join(' ')}`,
    });
  }
  return success({ kind: 'module', file: real, exportName });
}

/** Undefined for a URL that is no file of this machine. */
function toPath(path: string, folder: string): string | undefined {
  try {
    return path.startsWith('file:') ? fileURLToPath(path) : resolve(folder, path);
  } catch {
    return undefined;
  }
}

function invalid(uses: string): Result<never, UsesFault> {
  return problem({
    code: 'USES_INVALID',
    message: `\`uses\` ${JSON.stringify(uses)} names no class`,
    expected: './file.ts, ./file.ts#Export, package#Export, or a registered name',
  });
}

async function realFile(file: string): Promise<string | undefined> {
  try {
    return (await stat(file)).isFile() ? await realpath(file) : undefined;
  } catch {
    return undefined;
  }
}

function outside(uses: string, root: string): Result<never, UsesFault> {
  return problem({
    code: 'USES_OUTSIDE',
    message: `\`uses\` ${JSON.stringify(uses)} leads out of the project`,
    expected: `a file inside ${root}`,
    help: 'install the code as a package, and use package#Export',
  });
}

async function resolveInstalled(
  uses: string,
  { specifier, exportName }: Extract<UsesTarget, { kind: 'package' }>,
  { configFile, written }: UsesContext,
): Promise<Result<ResolvedUses, UsesFault>> {
  const beside = await resolvePackage(specifier, configFile);
  // A shared config may bring packages that only it depends on.
  const resolved =
    beside.ok || written === undefined ? beside : await resolvePackage(specifier, written.file);
  if (resolved.ok) return success({ kind: 'module', file: resolved.value, exportName });
  const { kind, message } = resolved.problem;
  const name = packageName(specifier);
  const near = kind === 'missing' ? await nearPackage(name, dirname(configFile)) : undefined;
  return problem({
    code: 'USES_PACKAGE_MISSING',
    message: `the package of ${JSON.stringify(uses)} cannot be found: ${message}`,
    help: near ?? (kind === 'missing' ? `npm install ${name}` : undefined),
  });
}

async function unknownName(
  name: string,
  { configFile, registry, written }: UsesContext,
): Promise<Result<never, UsesFault>> {
  const folder = dirname(written?.file ?? configFile);
  const isFile = (await realFile(resolve(folder, name))) !== undefined;
  const near = isFile
    ? `did you mean "./${name}"? A file starts with ./`
    : suggestName(name, registry.keys());
  return problem({
    code: 'USES_UNKNOWN',
    message: `no stage is registered under the name ${JSON.stringify(name)}`,
    expected: oneOf(registry.keys()),
    help: near ?? 'a file starts with ./, and a class of a package is package#Export',
  });
}
