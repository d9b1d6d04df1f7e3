import { formatStoreSpec, parseStoreSpec } from '../../facade/store-spec.ts';
import type { CommandContext } from '../command-context.ts';
import { configRefused } from './config-refused.ts';
import { configuredStore } from './store-place.ts';

interface StoreRequest {
  /** `--store`, relative to the working folder. */
  readonly store?: string | undefined;
  /** Absolute; a config whose store is meant. Default: the one that belongs to the working folder. */
  readonly file?: string | undefined;
  /** Whose store is meant, where the pipelines of the config have their own. */
  readonly pipeline?: string | undefined;
  /** `--env`: the environment whose store is meant. Default: that of the variable. */
  readonly env?: string | undefined;
}

/**
 * The absolute store spec that a command means: the flag, else the config's, else the default one in the
 * working folder. No stage is imported for it.
 * @throws MillraceError STORE_UNKNOWN, STORE_NOT_AVAILABLE, ConfigRefused
 */
export async function findStore(
  { terminal, cwd, env }: CommandContext,
  { store, file, pipeline, env: environment }: StoreRequest,
): Promise<string> {
  if (store !== undefined) return formatStoreSpec(parseStoreSpec(store, cwd));
  const onSecrets = (values: readonly string[]): void => terminal.hide(values);
  const found = await configuredStore({ file, pipeline, environment, cwd, env, onSecrets });
  if (!found.ok) {
    throw await configRefused(
      found.problem,
      terminal,
      'with --store sqlite:PATH the config is not asked for its store',
    );
  }
  return found.value;
}
