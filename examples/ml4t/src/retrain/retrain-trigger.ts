import { ml4tError } from '../base/ml4t-error.ts';

export type TriggerReason = 'accuracy_degradation' | 'sample_count' | 'time_interval' | 'manual';

/** 1 is served first. */
export type TriggerPriority = 1 | 2 | 3;

/** Why a retraining is asked for. */
export interface TriggerRequest {
  readonly reason: TriggerReason;
  /** Accuracy of the model in use at its validation; null where there is no model. */
  readonly baseline: number | null;
  /** Rolling accuracy; null with too few outcomes. */
  readonly current: number | null;
  /** Default 2. */
  readonly priority?: TriggerPriority;
}

interface Common extends Required<TriggerRequest> {
  readonly id: number;
  /** baseline - current; null where one of them is. */
  readonly drop: number | null;
  /** Milliseconds since 1970. */
  readonly createdMs: number;
}

/** What a retraining came to. */
export type RetrainEnd =
  /** The candidate was better on the same fresh data, and is in use. */
  | { readonly kind: 'swapped'; readonly modelId: string; readonly comparison: Comparison }
  /** It was not: it is kept in the store, and not used. */
  | { readonly kind: 'kept-out'; readonly modelId: string; readonly comparison: Comparison };

/** Two models on the same fresh samples, which neither was fitted to. */
export interface Comparison {
  readonly fresh: number;
  readonly candidate: ModelScore;
  /** Undefined where no model was in use. */
  readonly present: ModelScore | undefined;
}

export interface ModelScore {
  readonly accuracy: number;
  readonly logLoss: number;
  readonly auc: number | null;
}

/**
 * A request for a retraining, on its way. It never interrupts inference.
 *
 *     created -> queued -> processing -> completed
 *                                   \--> failed
 */
export type RetrainTrigger =
  | (Common & { readonly state: 'created' })
  | (Common & { readonly state: 'queued'; readonly queuedMs: number })
  | (Common & { readonly state: 'processing'; readonly startedMs: number })
  | (Common & { readonly state: 'completed'; readonly endedMs: number; readonly end: RetrainEnd })
  | (Common & { readonly state: 'failed'; readonly endedMs: number; readonly why: string });

/** What happens to a trigger. */
export type TriggerChange =
  | { readonly kind: 'queue'; readonly atMs: number }
  | { readonly kind: 'begin'; readonly atMs: number }
  | { readonly kind: 'complete'; readonly atMs: number; readonly end: RetrainEnd }
  | { readonly kind: 'fail'; readonly atMs: number; readonly why: string };

export function createTrigger(id: number, request: TriggerRequest, createdMs: number) {
  const { reason, baseline, current, priority = 2 } = request;
  const drop = baseline === null || current === null ? null : baseline - current;
  const common: Common = { id, reason, baseline, current, drop, priority, createdMs };
  return { ...common, state: 'created' } as const;
}

/**
 * The trigger after a change.
 * @throws MillraceError TRIGGER_STATE where the change does not follow
 */
export function advance(trigger: RetrainTrigger, change: TriggerChange): RetrainTrigger {
  const common = commonOf(trigger);
  const { state } = trigger;
  switch (change.kind) {
    case 'queue':
      if (state !== 'created') throw wrong(trigger, change);
      return { ...common, state: 'queued', queuedMs: change.atMs };
    case 'begin':
      if (state !== 'queued') throw wrong(trigger, change);
      return { ...common, state: 'processing', startedMs: change.atMs };
    case 'complete':
      if (state !== 'processing') throw wrong(trigger, change);
      return { ...common, state: 'completed', endedMs: change.atMs, end: change.end };
    case 'fail':
      if (state !== 'processing') throw wrong(trigger, change);
      return { ...common, state: 'failed', endedMs: change.atMs, why: change.why };
    default:
      return change satisfies never;
  }
}

function commonOf({ id, reason, baseline, current, drop, priority, createdMs }: Common): Common {
  return { id, reason, baseline, current, drop, priority, createdMs };
}

const wrong = ({ id, state }: RetrainTrigger, { kind }: TriggerChange) =>
  ml4tError('TRIGGER_STATE', `retrain trigger ${id} is ${state}; "${kind}" does not follow`, {
    details: { id, state, change: kind },
  });
