import { readFile } from 'node:fs/promises';
import type { CheckpointStore, RunRecord } from '@millrace/core';
import type { CommandContext } from '../command-context.ts';
import { readOverrides } from './stored-overrides.ts';

const PLACEHOLDER = /\$\{secret:([^}|]+)(?:\|[^}]*)?\}/g;

/**
 * Hides the secrets of a run in what is printed of its context, without importing its stages: those that
 * its config names by now in any of its layers, and those that the stored params of its stages name. Each
 * counts as far as it is in the environment now.
 */
export async function hideSecretsOf(
  { terminal, cwd, env }: CommandContext,
  store: CheckpointStore,
  { id, source }: RunRecord,
): Promise<void> {
  const names = new Set(await namesInParams(store, id));
  const { file } = source;
  if (file !== undefined) {
    const { readConfigSecrets } = await import('@millrace/config');
    // As for a resume: the run's own environment, whatever the variable says by now.
    const { environment = '', ...stored } = readOverrides(source);
    const options = { ...stored, environment, file, cwd: source.cwd ?? cwd, env };
    terminal.hide((await readConfigSecrets(options)).values);
    for (const name of namesIn(await textOf(file))) names.add(name);
  }
  terminal.hide([...names].flatMap((name) => env[name] ?? []));
}

/** The config may have changed since, or be gone. */
async function namesInParams(
  store: CheckpointStore,
  id: RunRecord['id'],
): Promise<readonly string[]> {
  const stages = await store.loadStages(id);
  const names = stages.flatMap(({ basis }) => namesIn(basis?.shortParams ?? ''));
  const hashes = new Set(
    stages.flatMap(({ basis }) => (basis?.shortParams === undefined && basis?.params) || []),
  );
  for (const hash of hashes) {
    const value = await store.loadValue(hash);
    // Params are no bytes, which would name nothing.
    if (value !== undefined && value.codec !== 'bytes') names.push(...namesIn(value.body));
  }
  return names;
}

/** A file that cannot be read as a config names its secrets all the same. */
async function textOf(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch {
    return '';
  }
}

function namesIn(text: string): readonly string[] {
  return Array.from(text.matchAll(PLACEHOLDER), ([, name]) => name ?? '');
}
