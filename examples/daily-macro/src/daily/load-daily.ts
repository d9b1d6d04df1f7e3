import { join } from 'node:path';
import { type LoadedPipeline, loadPipeline, type RunRecord, z } from 'millrace';
import type { Environment } from '../rehearsal/switches.ts';
import type { Task } from './options.ts';
import { exampleFolder } from './places.ts';

const Dated = z.object({ date: z.iso.date() });

/** The pipeline for a new run; for one to be resumed as the config has it, until its run is found. */
export function loadForTask(task: Task, env: Environment): Promise<LoadedPipeline> {
  return loadPipeline({
    file: join(exampleFolder, 'pipeline.yaml'),
    cwd: exampleFolder,
    env,
    ...(task.kind === 'new' ? { params: { date: task.date } } : {}),
  });
}

/** What a run was started with, by this program or by `millrace run`. */
const Overrides = z.object({
  params: z.record(z.string(), z.unknown()).optional(),
  set: z.record(z.string(), z.unknown()).optional(),
  environment: z.string().optional(),
});

/** The pipeline of an earlier run, with the date and whatever else was given at its start. */
export function loadForRun({ source }: RunRecord, env: Environment): Promise<LoadedPipeline> {
  const first = Overrides.safeParse(source.overrides ?? {}).data ?? {};
  const { params, set, environment = '' } = first;
  const file = source.file ?? join(exampleFolder, 'pipeline.yaml');
  // That of its start and not that of the shell.
  return loadPipeline({ file, cwd: exampleFolder, env, environment, params, set });
}

/** The date as the stage gets it: given at the start, or the one of the config. */
export function dateOf({ pipeline }: LoadedPipeline): string {
  return Dated.parse(pipeline.definition.stages.find(({ id }) => id === 'ingest')?.with).date;
}
