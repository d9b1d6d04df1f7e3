import { dirname } from 'node:path';
import {
  MillraceError,
  type ModelPipeline,
  PipelineExecutor,
  type RunEvent,
  type RunId,
} from '@millrace/core';
import { loadPipeline } from '../../../facade/load-pipeline.ts';
import { openStore } from '../../../facade/open-store.ts';
import type { EditReport } from './edit-report.ts';
import { followRun, hashesOf } from './follow-run.ts';
import type { HonestyRequest } from './honesty-request.ts';
import { plannedStages, verdictLines } from './plan-lines.ts';
import { type Reads, readsNow } from './reads-now.ts';

/** Loads a project as it lies on the disk, and does with its run what people do after an edit. */
export async function replayEdit(request: HonestyRequest): Promise<EditReport> {
  const { config, env, runId, isCompared } = request;
  const folder = dirname(config);
  const loaded = await loadPipeline({ file: config, cwd: folder, env });
  const { pipeline, secrets } = loaded;
  const store = await openStore(loaded.store);
  const executor = new PipelineExecutor({ store, redact: (text) => secrets.redact(text) });
  const run = new ProjectRun(executor, pipeline, folder);
  try {
    const driven =
      runId === undefined ? await run.start() : await run.resume(runId as RunId, request.reads);
    const left = await run.leftOver(driven.runId as RunId);
    const hasEnded = typeof driven.resumed !== 'string';
    const fresh = isCompared && hasEnded ? await freshContext(pipeline) : undefined;
    return { ...driven, left, fresh };
  } finally {
    await store.close();
  }
}

type Driven = Omit<EditReport, 'left' | 'fresh'>;

class ProjectRun {
  readonly #executor: PipelineExecutor;
  readonly #pipeline: ModelPipeline;
  readonly #folder: string;

  constructor(executor: PipelineExecutor, pipeline: ModelPipeline, folder: string) {
    this.#executor = executor;
    this.#pipeline = pipeline;
    this.#folder = folder;
  }

  async start(): Promise<Driven> {
    const handle = await this.#executor.start(this.#pipeline);
    const resumed = await followRun(handle, [], this.#folder);
    return { runId: handle.id, planned: [], resumed, reads: await this.#reads(handle.id) };
  }

  async resume(runId: RunId, before: HonestyRequest['reads']): Promise<Driven> {
    const plan = await this.#executor.planResume(runId, this.#pipeline);
    const resumed = await this.#resume(runId);
    const reads = await this.#reads(runId);
    const lines = verdictLines(plan, this.#folder);
    return { runId, planned: plannedStages(lines, plan, [before, reads]), resumed, reads };
  }

  /** What a resume that comes next would not leave as it is. */
  async leftOver(runId: RunId): Promise<readonly string[]> {
    return verdictLines(await this.#executor.planResume(runId, this.#pipeline), this.#folder)
      .filter(({ decision }) => decision === 'run' || decision === 'undecided')
      .map(({ stage, decision, explanation }) => `${stage}: ${decision}: ${explanation}`);
  }

  async #resume(runId: RunId): Promise<EditReport['resumed']> {
    const events: RunEvent[] = [];
    const onEvent = (event: RunEvent): void => void events.push(event);
    try {
      const handle = await this.#executor.resume(runId, this.#pipeline, { onEvent });
      return await followRun(handle, events, this.#folder);
    } catch (error) {
      if (error instanceof MillraceError) return error.code;
      throw error;
    }
  }

  async #reads(runId: RunId): Promise<Readonly<Record<string, Reads>>> {
    const stages = await this.#executor.store.loadStages(runId);
    const records = new Map(stages.map((record) => [String(record.stage), record]));
    return readsNow(this.#pipeline, records);
  }
}

async function freshContext(pipeline: ModelPipeline): Promise<Readonly<Record<string, string>>> {
  const executor = new PipelineExecutor({ store: await openStore('memory') });
  const { result } = await executor.start(pipeline);
  return hashesOf((await result).context);
}
