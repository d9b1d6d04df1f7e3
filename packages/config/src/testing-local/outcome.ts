import type { Diagnostic } from '@millrace/core';
import { loadConfig } from '../load-config.ts';
import type { LoadConfigOptions, LoadedConfig } from '../loaded-config.ts';
import type { Project } from './project.ts';

/** `CODE line:column` of each diagnostic, in their order; a place in another file with its name, a flag as it is. */
export function placesOf(
  diagnostics: readonly Diagnostic[],
  file = 'millrace.config.yaml',
): string[] {
  return diagnostics.map(({ code, at }) => {
    if (at === undefined) return code;
    if (at.file.startsWith('--')) return `${code} ${at.file}`;
    return `${code} ${at.file === file ? '' : `${at.file}:`}${at.line}:${at.column}`;
  });
}

/** Loads a config that is expected to be refused. */
export async function refusal(
  project: Project,
  options: LoadConfigOptions = {},
): Promise<readonly Diagnostic[]> {
  const loaded = await loadConfig({ cwd: project.folder, env: {}, ...options });
  return loaded.ok ? [] : loaded.problem.diagnostics;
}

/** The same for a text: `CODE line:column` of what is wrong with it. */
export async function refusedPlaces(
  project: Project,
  yaml: string,
  options: LoadConfigOptions = {},
): Promise<string[]> {
  await project.write({ 'millrace.config.yaml': yaml });
  return placesOf(await refusal(project, options));
}

/** Loads a config that is expected to be fine; throws with what is wrong otherwise. */
export async function accepted(
  project: Project,
  options: LoadConfigOptions = {},
): Promise<LoadedConfig> {
  const loaded = await loadConfig({ cwd: project.folder, env: {}, ...options });
  if (loaded.ok) return loaded.value;
  throw new TypeError(JSON.stringify(loaded.problem.diagnostics, null, 2));
}
