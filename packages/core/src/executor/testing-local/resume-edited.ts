import { MillraceError } from '../../base/millrace-error.ts';
import { MemoryStore } from '../../checkpoint/index.ts';
import type { ModelPipeline } from '../../pipeline/index.ts';
import { explanationOf, type Plan } from '../../plan/index.ts';
import { type Ended, type ExecuteOptions, execute } from './run-pipeline.ts';

/** What a resume planned, and what came of it. */
export interface Resumed {
  /** `run: it failed`, by stage. */
  readonly verdicts: Readonly<Record<string, string>>;
  /** Stages that were started, in that order. */
  readonly ran: readonly string[];
  /** Stages that were settled without a start once the run was under way, and the reason told. */
  readonly told: Readonly<Record<string, string>>;
  /** Undefined when nothing was left to do. */
  readonly ended: Ended | undefined;
  readonly context: Readonly<Record<string, unknown>> | undefined;
}

/** The decision for each stage and its reason in one line. */
export function verdictsOf(plan: Plan): Record<string, string> {
  const { pipeline, decisions } = plan;
  return Object.fromEntries(
    pipeline.stages.map(({ id, index }) => [
      id,
      `${decisions[index]}: ${explanationOf(plan, index)}`,
    ]),
  );
}

/** Plans the resume of a run, then resumes it; a run that has nothing to do stays as it is. */
export async function resumeRun(
  pipeline: ModelPipeline,
  { resume, ...options }: ExecuteOptions & Required<Pick<ExecuteOptions, 'resume' | 'store'>>,
): Promise<Resumed> {
  const ended = await execute(pipeline, { ...options, resume }).catch(doneAlready);
  if (ended instanceof MillraceError) {
    return { verdicts: {}, ran: [], told: {}, ended: undefined, context: undefined };
  }
  const { events, handle, result } = ended;
  const ran = events.flatMap((event) => (event.type === 'stage.started' ? [event.stage] : []));
  const settled = events.flatMap((event): [string, string][] =>
    event.type === 'stage.reused' || event.type === 'stage.skipped'
      ? [[event.stage, event.reason]]
      : [],
  );
  return {
    verdicts: verdictsOf(handle.plan),
    ran,
    told: Object.fromEntries(settled),
    ended,
    context: result.context.toObject(),
  };
}

/** Runs one pipeline to its end and resumes the run as another, with the options given. */
export async function resumeEdited(
  first: ModelPipeline,
  second: ModelPipeline,
  { store = new MemoryStore(), ...options }: ExecuteOptions = {},
): Promise<Resumed> {
  const { handle } = await execute(first, { store });
  return resumeRun(second, { ...options, store, resume: handle.id });
}

function doneAlready(error: unknown): MillraceError {
  if (error instanceof MillraceError && error.code === 'RUN_ALREADY_SUCCEEDED') return error;
  throw error;
}
