import { isAbsolute, relative, sep } from 'node:path';
import type { RefusedConfig } from '@millrace/config';
import { settingsOf } from '../../facade/load-pipeline.ts';
import { DEFAULT_STORE, formatStoreSpec, parseStoreSpec } from '../../facade/store-spec.ts';
import { findDefaultConfig } from './default-config.ts';

interface StoreRequest {
  /** `--store`, relative to `cwd`. */
  readonly store: string | undefined;
  /** A config whose store is meant; default: the one that belongs to `cwd`. */
  readonly file?: string | undefined;
  readonly cwd: string;
}

/**
 * The absolute store spec that a command means: the flag, else the config's, else the default one in `cwd`.
 * @throws MillraceError STORE_UNKNOWN, CONFIG_INVALID
 */
export async function findStore({ store, file, cwd }: StoreRequest): Promise<string> {
  if (store !== undefined) return formatStoreSpec(parseStoreSpec(store, cwd));
  const config = file ?? (await findDefaultConfig(cwd));
  if (config === undefined) return formatStoreSpec(parseStoreSpec(DEFAULT_STORE, cwd));
  const { configInvalid, loadConfig } = await import('@millrace/config');
  const loaded = await loadConfig({ file: config, cwd });
  if (loaded.ok) return settingsOf(config, loaded.value).store;
  // With an error elsewhere in it the store of a config is not known, unless it names none at all.
  if (mayNameStore(loaded.problem)) throw configInvalid(loaded.problem);
  return settingsOf(config, { store: undefined, logging: {} }).store;
}

function mayNameStore({ sources }: RefusedConfig): boolean {
  const texts = [...sources.values()];
  return texts.length === 0 || texts.some((text) => text === '' || /\bstore\b/.test(text));
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

/** A config that was loaded, with its store as an absolute spec. */
export interface KnownConfig {
  readonly file: string;
  readonly store: string;
}

/** True when a command started in `folder` finds the store without being told. */
export async function isDefaultStore(
  spec: string,
  folder: string,
  known?: KnownConfig,
): Promise<boolean> {
  try {
    const config = await findDefaultConfig(folder);
    if (config !== undefined && config === known?.file) return spec === known.store;
    return spec === (await findStore({ store: undefined, file: config, cwd: folder }));
  } catch {
    // A config whose store cannot be told; then the store is named.
    return false;
  }
}
