import type { RunId } from '../../base/ids.ts';
import { MemoryStore } from '../../checkpoint/index.ts';
import type { RunEvent, RunEventType } from '../../events/index.ts';
import { type CodedStage, definePipeline, type ModelPipeline } from '../../pipeline/index.ts';
import { describeReasons, type Plan } from '../../plan/index.ts';
import { type StageParts, stageOf } from '../../runner/testing-local/stage-of.ts';
import { PipelineExecutor } from '../pipeline-executor.ts';
import type { ExecutorOptions, StartOptions } from '../run-options.ts';
import type { RunHandle, RunResult, StageSummary } from '../run-result.ts';

export type SketchedStage = Omit<CodedStage, 'stage'> & {
  readonly does: StageParts | StageParts['run'];
};

/** A pipeline of stages made from functions. */
export function sketch(
  stages: Readonly<Record<string, SketchedStage | StageParts['run']>>,
  fields: Omit<Parameters<typeof definePipeline>[0], 'stages' | 'name'> & {
    readonly name?: string;
  } = {},
): ModelPipeline {
  const list = Object.entries(stages).map(([id, sketched]) => {
    const { does, ...authored } =
      typeof sketched === 'function' ? { does: sketched } : (sketched as SketchedStage);
    const parts = typeof does === 'function' ? { run: does } : does;
    return { id, ...authored, stage: stageOf({ name: `Stage ${id}`, ...parts }) };
  });
  return definePipeline({ name: 'sketch', ...fields, stages: list });
}

export interface Executed {
  readonly executor: PipelineExecutor;
  readonly handle: RunHandle;
  readonly events: RunEvent[];
}

export type ExecuteOptions = StartOptions & Partial<ExecutorOptions> & { readonly resume?: RunId };

/** Starts or resumes a run and gives the handle at once. */
export async function begin(
  pipeline: ModelPipeline,
  {
    store = new MemoryStore(),
    runner,
    logger,
    clock,
    random,
    redact,
    holdsSecret,
    resume,
    ...options
  }: ExecuteOptions = {},
): Promise<Executed> {
  const given = { runner, logger, clock, random, redact, holdsSecret };
  const present = Object.entries(given).filter(([, value]) => value !== undefined);
  const executor = new PipelineExecutor({ store, ...Object.fromEntries(present) });
  const events: RunEvent[] = [];
  const listened = {
    ...options,
    onEvent: (event: RunEvent): void => {
      events.push(event);
      options.onEvent?.(event);
    },
  };
  const handle =
    resume === undefined
      ? await executor.start(pipeline, listened)
      : await executor.resume(resume, pipeline, listened);
  return { executor, handle, events };
}

export interface Ended extends Executed {
  readonly result: RunResult;
}

/** Starts or resumes a run and waits for its end. */
export async function execute(pipeline: ModelPipeline, options?: ExecuteOptions): Promise<Ended> {
  const begun = await begin(pipeline, options);
  return { ...begun, result: await begun.handle.result };
}

/** How one stage ended. */
export function stageIn(result: RunResult, id: string): StageSummary {
  const found = result.stages.find((stage) => stage.id === id);
  if (found === undefined) throw new RangeError(`the result has no stage ${id}`);
  return found;
}

/** `ok`, `bad failed`, ... in the order of declaration. */
export function statuses(result: RunResult): Record<string, string> {
  return Object.fromEntries(result.stages.map(({ id, status }) => [id, status]));
}

/** `stage.started a`, in the order of announcement. */
export function told(events: readonly RunEvent[], ...types: RunEventType[]): string[] {
  return events
    .filter(({ type }) => types.length === 0 || types.includes(type))
    .map((event) => ('stage' in event ? `${event.type} ${event.stage}` : event.type));
}

/** Why each stage is decided as it is, in the order of declaration. */
export function explanations(plan: Plan): readonly string[] {
  return plan.reasons.map(describeReasons);
}
