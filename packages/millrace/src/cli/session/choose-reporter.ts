import {
  type CheckpointStore,
  type ModelPipeline,
  pastDurations,
  type RunOptions,
} from '@millrace/core';
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
