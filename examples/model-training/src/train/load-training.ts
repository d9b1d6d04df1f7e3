import { type LoadedPipeline, loadPipeline, type RunRecord, z } from 'millrace';
import { exampleFolder, inExample } from '../base/example-folder.ts';
import type { Environment } from '../rehearsal/switches.ts';

export interface TrainingConfig {
  /** Absolute; undefined: pipeline.yaml of the example. */
  readonly file?: string | undefined;
  /** Of a config with several. */
  readonly pipeline?: string | undefined;
  readonly params?: Readonly<Record<string, unknown>>;
  readonly set?: Readonly<Record<string, unknown>>;
  /** Of the config; undefined: as MILLRACE_ENV says. */
  readonly environment?: string;
  readonly env: Environment;
}

/** @throws MillraceError CONFIG_INVALID */
export function loadTraining({
  file,
  pipeline,
  ...config
}: TrainingConfig): Promise<LoadedPipeline> {
  return loadPipeline({
    ...config,
    file: file ?? inExample('pipeline.yaml'),
    cwd: exampleFolder,
    ...(pipeline === undefined ? {} : { pipeline }),
  });
}

/** What a run was started with, by this program or by `millrace run`. */
const Overrides = z.object({
  pipeline: z.string().optional(),
  params: z.record(z.string(), z.unknown()).optional(),
  set: z.record(z.string(), z.unknown()).optional(),
  environment: z.string().optional(),
});

/** The config of an earlier run with what was given at its start, and what is given now over it. */
export function loadForRun({ source }: RunRecord, given: TrainingConfig): Promise<LoadedPipeline> {
  const first = Overrides.safeParse(source.overrides ?? {}).data ?? {};
  const { params = {}, environment = '' } = first;
  const file = given.file ?? source.file;
  const pipeline = given.pipeline ?? first.pipeline;
  const set = { ...first.set, ...given.set };
  return loadTraining({ ...given, file, pipeline, environment, params, set });
}
