import {
  type PathSegment,
  type PipelineDefinition,
  problem,
  type Result,
  type SourceLocation,
  success,
} from '@millrace/core';
import { locationOf } from '../source/config-source.ts';
import { oneOf } from '../source/one-of.ts';
import type { Problems } from '../source/problems.ts';
import { suggestName } from '../source/suggest-name.ts';
import type { ConfigNode } from '../tree/config-node.ts';
import { nodeAt, spanAt } from '../tree/locate.ts';
import { causePlace } from './cause-place.ts';
import { type ImportFault, importModule, type ModuleExports } from './import-module.ts';
import { fileOf } from './relocate-uses.ts';
import { type ResolvedUses, resolveUses, type WrittenUses } from './resolve-uses.ts';
import { usedAsWell } from './used-as-well.ts';
import type { UsesFault } from './uses-fault.ts';

/** Where the class behind a `uses` comes from, for runners elsewhere and for fingerprints. */
export interface StageModule {
  readonly file: string;
  readonly exportName: string;
}

export interface LoadedClasses {
  /** By `uses`. What could not be loaded is missing, and was reported. */
  readonly classes: ReadonlyMap<string, unknown>;
  /** By `uses`, for those that come from a module. */
  readonly modules: ReadonlyMap<string, StageModule>;
}

export interface LoadRequest {
  readonly definition: PipelineDefinition;
  readonly configFile: string;
  readonly registry: ReadonlyMap<string, unknown>;
  /** Files are shown relative to it. */
  readonly folder: string;
  /** For the places of problems. */
  readonly root: ConfigNode;
}

type LoadFault = UsesFault & { readonly causedAt?: SourceLocation };

/** Finds what every `uses` names without running anything; what is not there is reported. */
export async function resolveAllUses(
  request: LoadRequest,
  problems: Problems,
): Promise<ReadonlyMap<string, ResolvedUses>> {
  const found = new Map<string, ResolvedUses>();
  await Promise.all(
    Array.from(pathsByUses(request.definition), async ([uses, usedAt]) => {
      // A secret was refused where it stands, and what is said of its parts would show them.
      if (nodeAt(request.root, usedAt[0] ?? [])?.redacted !== undefined) return;
      const resolved = await resolveUses(uses, {
        ...request,
        written: writtenUses(usedAt[0] ?? [], request),
      });
      if (resolved.ok) found.set(uses, resolved.value);
      else reportFault(resolved.problem, usedAt, request, problems);
    }),
  );
  return found;
}

/** Where the modules are that would be imported; none when one of the stages lies outside the project. */
export function modulesOf(
  resolved: ReadonlyMap<string, ResolvedUses>,
  problems: Problems,
): ReadonlyMap<string, StageModule> {
  if (problems.has('USES_OUTSIDE')) return new Map();
  return new Map(
    [...resolved].flatMap(([uses, target]) => (target.kind === 'module' ? [[uses, target]] : [])),
  );
}

/**
 * Imports the modules of all stages, each once and all at the same time; none when one of them lies
 * outside the project.
 */
export async function loadClasses(
  request: LoadRequest,
  resolved: ReadonlyMap<string, ResolvedUses>,
  problems: Problems,
): Promise<LoadedClasses> {
  const classes = new Map<string, unknown>();
  const modules = new Map<string, StageModule>();
  if (problems.has('USES_OUTSIDE')) return { classes, modules };
  const imports = new Map<string, Promise<Result<ModuleExports, ImportFault>>>();
  const importOnce = (file: string): Promise<Result<ModuleExports, ImportFault>> => {
    const started = imports.get(file) ?? importModule(file);
    imports.set(file, started);
    return started;
  };
  const paths = pathsByUses(request.definition);
  await Promise.all(
    Array.from(resolved, async ([uses, target]) => {
      const loaded = await load(uses, target, importOnce);
      if (!loaded.ok) return reportFault(loaded.problem, paths.get(uses) ?? [], request, problems);
      classes.set(uses, loaded.value);
      if (target.kind === 'module') {
        modules.set(uses, { file: target.file, exportName: target.exportName });
      }
    }),
  );
  return { classes, modules };
}

/** Undefined for one that stands in the config itself. */
function writtenUses(
  path: readonly PathSegment[],
  { root, configFile, folder }: LoadRequest,
): WrittenUses | undefined {
  const node = nodeAt(root, path);
  if (node?.kind !== 'scalar' || typeof node.value !== 'string') return undefined;
  const file = fileOf(node.span.source, { configFile, folder });
  if (file === configFile) return undefined;
  const { raw = node.value } = node;
  return { text: raw.includes('${') ? node.value : raw, file };
}

function pathsByUses({ stages }: PipelineDefinition): Map<string, PathSegment[][]> {
  const paths = new Map<string, PathSegment[][]>();
  const add = (uses: string, path: PathSegment[]): void => {
    const known = paths.get(uses);
    if (known === undefined) paths.set(uses, [path]);
    else known.push(path);
  };
  for (const { id, uses, fallback } of stages) {
    // An empty one stands for a stage whose shape was refused.
    if (uses !== '') add(uses, ['stages', id, 'uses']);
    if (fallback?.kind === 'stage') add(fallback.uses, ['stages', id, 'fallback', 'uses']);
  }
  return paths;
}

async function load(
  uses: string,
  resolved: ResolvedUses,
  importOnce: (file: string) => Promise<Result<ModuleExports, ImportFault>>,
): Promise<Result<unknown, LoadFault>> {
  if (resolved.kind === 'registered') return success(resolved.value);
  const imported = await importOnce(resolved.file);
  if (!imported.ok) {
    const { message, location, help } = imported.problem;
    return problem({
      code: 'USES_IMPORT_FAILED',
      message: `${JSON.stringify(uses)} cannot be imported: ${message}`,
      ...(help === undefined ? {} : { help }),
      ...(location === undefined ? {} : { causedAt: location }),
    });
  }
  return pickExport(uses, resolved.exportName, imported.value);
}

function pickExport(
  uses: string,
  name: string,
  exports: ModuleExports,
): Result<unknown, LoadFault> {
  const all = withCompiledExports(exports);
  if (all.has(name)) return success(all.get(name));
  const names = [...all.keys()].filter(
    (key) => key !== 'default' && key !== '__esModule' && key !== 'module.exports',
  );
  const near = name === 'default' ? undefined : suggestName(name, names);
  const file = uses.replace(/#[^#]*$/, '');
  return problem({
    code: 'USES_EXPORT_MISSING',
    message:
      name === 'default'
        ? `${JSON.stringify(uses)} has no default export`
        : `${JSON.stringify(file)} exports no ${JSON.stringify(name)}`,
    expected: oneOf(names),
    help:
      near ??
      (names.length > 0 ? `name an export: ${file}#${names[0]}` : 'export default class ...'),
  });
}

/** CommonJS written by a compiler: what ESM sees as its default holds the exports. */
function withCompiledExports(exports: ModuleExports): ModuleExports {
  const inner = exports.get('default');
  const isCompiled =
    typeof inner === 'object' && inner !== null && Reflect.get(inner, '__esModule') === true;
  return isCompiled ? new Map([...exports, ...Object.entries(inner)]) : exports;
}

function reportFault(
  { causedAt, ...fault }: LoadFault,
  usedAt: readonly (readonly PathSegment[])[],
  { root, folder }: Pick<LoadRequest, 'root' | 'folder'>,
  problems: Problems,
): void {
  const [path = [], ...others] = usedAt;
  const { got, expected, help } = fault;
  problems.add({
    code: fault.code,
    severity: 'error',
    message: fault.message,
    path,
    at: locationOf(spanAt(root, path)),
    ...(got === undefined ? {} : { got }),
    ...(expected === undefined ? {} : { expected }),
    ...(help === undefined ? {} : { help }),
    related: [
      ...(causedAt === undefined ? [] : [causePlace(causedAt, folder)]),
      ...usedAsWell(others, root),
    ],
  });
}
