import type { ModelPipeline, Plan, RunEvent } from '@millrace/core';
import { widthOf } from '../terminal/printable.ts';

/** What is known of a session before its first event. */
export interface RunOutlook {
  /** Of the pipeline; 0 when nobody knows. */
  readonly stages: number;
  /** Those that are kept from the start. */
  readonly kept: number;
  /** Columns for the ids of the stages that run. */
  readonly idWidth: number;
  /** Undefined for a session of another process. */
  readonly plan?: Plan;
}

const WIDEST_ID = 32;
/** Of a session of another process: which stages are still to come is not known. */
const LEAST_FOLLOWED_WIDTH = 16;

/** @param plan undefined where nothing is to run */
export function outlookOf(pipeline: ModelPipeline, plan: Plan | undefined): RunOutlook {
  if (plan === undefined) {
    return { stages: 0, kept: 0, idWidth: idWidthOf(pipeline.graph.ids) };
  }
  const { ids } = plan.pipeline.graph;
  const run = ids.filter((_, index) => plan.decisions[index] !== 'reuse');
  return { stages: ids.length, kept: keptBefore(plan), idWidth: idWidthOf(run), plan };
}

/**
 * The outlook of a session of another process, from its first event.
 * @param ids stages of which something is on record
 */
export function followedOutlook(event: RunEvent, ids: Iterable<string>): RunOutlook {
  const idWidth = Math.max(LEAST_FOLLOWED_WIDTH, idWidthOf(ids));
  if (event.type === 'run.started') return { stages: event.stages, kept: 0, idWidth };
  if (event.type !== 'run.resumed') return { stages: 0, kept: 0, idWidth };
  const { run, reuse, skip, undecided } = event.plan;
  return { stages: run + reuse + skip + undecided, kept: reuse, idWidth };
}

function idWidthOf(ids: Iterable<string>): number {
  let widest = 0;
  for (const id of ids) widest = Math.max(widest, widthOf(id));
  return Math.min(widest, WIDEST_ID);
}

/** What is taken over from another run, or migrated, is told by an event. */
function keptBefore({ decisions, reasons }: Plan): number {
  return decisions.filter((decision, index) => {
    const kind = reasons[index]?.[0]?.kind;
    return decision === 'reuse' && kind !== 'cached' && kind !== 'migrated';
  }).length;
}
