import { type LoadedPipeline, loadPipeline, type RunRecord, z } from 'millrace';
import { exampleFolder } from '../base/example-folder.ts';
import type { Environment } from '../rehearsal/switches.ts';

export interface ScanConfig {
  /** Absolute. */
  readonly file: string;
  readonly params?: Readonly<Record<string, unknown>>;
  readonly set?: Readonly<Record<string, unknown>>;
  /** Of the config; undefined: as MILLRACE_ENV says. */
  readonly environment?: string;
  readonly env: Environment;
}

/** @throws MillraceError CONFIG_INVALID */
export function loadScan(config: ScanConfig): Promise<LoadedPipeline> {
  return loadPipeline({ ...config, cwd: exampleFolder });
}

/** What a run was started with, by this program or by `millrace run`. */
const Overrides = z.object({
  params: z.record(z.string(), z.unknown()).optional(),
  set: z.record(z.string(), z.unknown()).optional(),
  environment: z.string().optional(),
});

/** The config of an earlier run with what was given at its start, and what is given now over it. */
export function loadForRun({ source }: RunRecord, given: ScanConfig): Promise<LoadedPipeline> {
  const first = Overrides.safeParse(source.overrides ?? {}).data ?? {};
  const { params = {}, environment = '' } = first;
  // Never that of the shell: a run with real sources does not go on with modelled ones, or the other way round.
  return loadScan({ ...given, environment, params, set: { ...first.set, ...given.set } });
}

const Dated = z.object({ date: z.iso.date() });

/** The date as the stages get it. */
export function dateOf({ pipeline }: LoadedPipeline): string {
  return Dated.parse(pipeline.definition.stages.find(({ id }) => id === 'data')?.with).date;
}
