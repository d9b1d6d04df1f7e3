import { join } from 'node:path';
import { loadPipeline, type ModelPipeline } from 'millrace';
import { exampleFolder } from '../base/example-folder.ts';
import { hurried } from './hurried.ts';

export interface FlowOptions {
  /** Default: that of the example. */
  readonly config?: string;
  readonly environment?: string;
  readonly home: string;
  readonly durable: boolean;
  /** Over values of the config, by path. */
  readonly set?: Readonly<Record<string, unknown>>;
  /** Seconds of the clock a second. Default 1. */
  readonly speed?: number;
}

/**
 * One of the two pipelines of the config. Timeouts are meant for people and servers, whose time does not run faster
 * with the clock: with a `speed` they are that much longer.
 * @throws MillraceError CONFIG_INVALID
 */
export async function loadFlow(
  name: 'intake' | 'trade',
  options: FlowOptions,
): Promise<ModelPipeline> {
  const { speed = 1 } = options;
  const set = Object.entries(options.set ?? {}).filter(([path]) => {
    return isIntake(path) === (name === 'intake');
  });
  const pipeline = await load(name, options, Object.fromEntries(set));
  const timeouts = pipeline.stages.flatMap(({ id, options: { timeoutMs } }) =>
    timeoutMs === undefined ? [] : [[`stages.${id}.timeout`, hurried(timeoutMs, speed)] as const],
  );
  if (speed <= 1 || timeouts.length === 0) return pipeline;
  return load(name, options, Object.fromEntries([...set, ...timeouts]));
}

function isIntake(path: string): boolean {
  return /^stages\.(?:collect|analyze)\b/.test(path);
}

async function load(
  name: string,
  { config = join(exampleFolder, 'pipeline.yaml'), environment, home, durable }: FlowOptions,
  set: Readonly<Record<string, unknown>>,
): Promise<ModelPipeline> {
  const { pipeline } = await loadPipeline({
    file: config,
    pipeline: name,
    params: { home, durable },
    set,
    environment,
    // What is resumed is messages, by the journal.
    digestCode: false,
  });
  return pipeline;
}
