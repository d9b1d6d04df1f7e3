import type { Comparison, RetrainTrigger, TriggerReason } from '../retrain/retrain-trigger.ts';
import type { Alert } from './alert.ts';

const percent = (share: number): string => `${(share * 100).toFixed(1)} %`;

const WHY: Readonly<Record<TriggerReason, string>> = {
  accuracy_degradation: 'accuracy fell',
  sample_count: 'enough new outcomes',
  time_interval: 'enough new bars',
  manual: 'asked for by hand',
};

/** What to say of a change of a trigger; undefined for those nobody needs to hear of. */
export function triggerAlert(trigger: RetrainTrigger): Alert | undefined {
  switch (trigger.state) {
    case 'created':
    case 'queued':
      return undefined;
    case 'processing': {
      const { id, reason, baseline, current } = trigger;
      const fell =
        reason === 'accuracy_degradation' && baseline !== null && current !== null
          ? ` from ${percent(baseline)} to ${percent(current)}`
          : '';
      return { kind: 'retrain-started', message: `retraining ${id}: ${WHY[reason]}${fell}` };
    }
    case 'completed': {
      const { kind, modelId, comparison } = trigger.end;
      return kind === 'swapped'
        ? { kind: 'model-swapped', message: `${modelId} is in use: ${compared(comparison)}` }
        : { kind: 'model-kept-out', message: `${modelId} is not used: ${compared(comparison)}` };
    }
    case 'failed':
      return {
        kind: 'retrain-failed',
        message: `retraining ${trigger.id} failed, and the model stays: ${trigger.why}`,
      };
    default:
      return trigger satisfies never;
  }
}

function compared({ fresh, candidate, present }: Comparison): string {
  const own = `accuracy ${percent(candidate.accuracy)}, log loss ${candidate.logLoss.toFixed(4)}`;
  const other =
    present === undefined
      ? 'no model before it'
      : `the present one ${percent(present.accuracy)}, ${present.logLoss.toFixed(4)}`;
  return `on the newest ${fresh} outcomes ${own}; ${other}`;
}
