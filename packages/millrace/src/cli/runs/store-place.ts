import { isAbsolute, relative, sep } from 'node:path';
import type { ReadOutlineOptions, RefusedConfig } from '@millrace/config';
import { problem, type Result, success } from '@millrace/core';
import { settingsOf } from '../../facade/load-pipeline.ts';
import { DEFAULT_STORE, formatStoreSpec, parseStoreSpec } from '../../facade/store-spec.ts';

/** The absolute store spec of a config, or of the config that belongs to `cwd`; without one the default store in `cwd`. */
export async function configuredStore(
  options: ReadOutlineOptions & { readonly cwd: string },
): Promise<Result<string, RefusedConfig>> {
  const { cwd } = options;
  const { findConfig, readConfigOutline } = await import('@millrace/config');
  const file = options.file ?? (await findConfig(cwd));
  if (file === undefined) return success(formatStoreSpec(parseStoreSpec(DEFAULT_STORE, cwd)));
  const outline = await readConfigOutline({ ...options, file });
  return outline.ok
    ? success(settingsOf(outline.value.file, outline.value).store)
    : problem(outline.problem);
}

/** True when a command started in `cwd` finds the store without being told. */
export async function isDefaultStore(
  spec: string,
  place: { readonly cwd: string; readonly env: Readonly<Record<string, string | undefined>> },
): Promise<boolean> {
  const found = await configuredStore(place);
  // A config whose store cannot be told is no help; then the store is named.
  return found.ok && found.value === spec;
}

/** A store spec as people near `folder` write it. */
export function shownStore(spec: string, folder: string): string {
  const parsed = parseStoreSpec(spec, folder);
  if (parsed.kind === 'memory' || parsed.path === ':memory:') return spec;
  return `sqlite:${shownPath(parsed.path, folder)}`;
}

/** Relative when the file is inside the folder, else absolute. */
export function shownPath(file: string, folder: string): string {
  const near = relative(folder, file);
  const isOutside = near === '' || near === '..' || near.startsWith(`..${sep}`) || isAbsolute(near);
  return isOutside ? file : near;
}
