import type { CheckpointStore, ModelPipeline, RunOptions } from '@millrace/core';
import type { CommandContext, SessionFlags } from '../command-context.ts';
import { JsonReporter } from './json-reporter.ts';
import { LineReporter } from './line-reporter.ts';
import { LiveReporter } from './live-reporter.ts';
import type { RunReporter } from './run-reporter.ts';

interface ReporterRequest {
  readonly context: CommandContext;
  readonly flags: SessionFlags;
  readonly store: CheckpointStore;
  readonly pipeline: ModelPipeline;
  readonly options: RunOptions;
}

/** JSON lines when asked for, a live view for a person, else a line per event. */
export async function chooseReporter(request: ReporterRequest): Promise<RunReporter> {
  const { context, flags, store, pipeline, options } = request;
  const { terminal } = context;
  if (flags.json === true) return new JsonReporter(terminal);
  if (!terminal.isLive) return new LineReporter(terminal);
  const concurrency = options.concurrency ?? pipeline.definition.concurrency;
  return new LiveReporter({ terminal, past: await pastDurations(store, pipeline), concurrency });
}

/** Past so many stages reading the history would be felt. */
const MOST_STAGES = 2000;

/** How long each stage took in the newest run that ended well. */
async function pastDurations(
  store: CheckpointStore,
  { name, graph }: ModelPipeline,
): Promise<ReadonlyMap<string, number>> {
  if (graph.count > MOST_STAGES) return new Map();
  const [newest] = await store.listRuns({
    pipeline: name,
    statuses: ['succeeded', 'degraded'],
    limit: 1,
  });
  const stages = newest === undefined ? [] : await store.loadStages(newest.id);
  return new Map(stages.map(({ stage, durationMs }) => [stage, durationMs]));
}
