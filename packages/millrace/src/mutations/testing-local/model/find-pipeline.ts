import { type Choice, chosenPipeline } from './chosen-pipeline.ts';
import {
  environmentFile,
  type Files,
  type LayeredConfig,
  layeredConfig,
} from './layered-config.ts';
import { mapOf, type PlainMap } from './plain.ts';
import type { Scope } from './scope.ts';

interface FoundPipeline {
  readonly config: LayeredConfig;
  readonly pipeline: PlainMap;
  /** The same for each use of it. */
  readonly key: string;
}

/** The pipeline that a stage names, with its environment over it; or why there is none. */
export function findPipeline(
  target: string,
  scope: Pick<Scope, 'config' | 'trail'>,
  { files, choice }: { readonly files: Files; readonly choice: Choice },
): FoundPipeline | string {
  const [, path = '', name] = /^(.*?)(?:#(.+))?$/s.exec(target) ?? [];
  const isFile = path.startsWith('/');
  const read = isFile ? layeredConfig(path, files) : undefined;
  if (read?.ok === false) return read.problem;
  const config = read?.value ?? scope.config;
  const names = Object.keys(mapOf(config.root.pipelines));
  const wanted = isFile ? (name ?? (names.length === 1 ? names[0] : undefined)) : path;
  if (names.length > 1 && wanted === undefined) return 'no pipeline of the file is chosen';
  if (!isFile && !names.includes(path)) return `there is no pipeline ${path}`;
  const key = `${config.file}#${wanted}`;
  if (scope.trail.includes(key)) return 'a pipeline inside itself';
  const environment = isKnown(choice.environment, config, files) ? choice.environment : undefined;
  const pipeline = chosenPipeline(config, { pipeline: wanted, environment }, files);
  return pipeline.ok
    ? { config, pipeline: pipeline.value, key }
    : `in its pipeline: ${pipeline.problem}`;
}

/** A file that knows nothing of an environment is the same in it. */
function isKnown(
  environment: string | undefined,
  { environments, file }: LayeredConfig,
  files: Files,
): boolean {
  if (environment === undefined) return false;
  return Object.hasOwn(environments, environment) || files.has(environmentFile(file, environment));
}
