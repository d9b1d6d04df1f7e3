import type { RunEvent } from 'millrace';
import { stageLine } from '../report/cli-output.ts';
import { reasonOf } from './reason-of.ts';

/** What to print for an event: a line of the run, or a notice beside it. */
export type Printed =
  | { readonly to: 'out'; readonly line: string }
  | { readonly to: 'notice'; readonly line: string };

const nothing: readonly Printed[] = [];

/** Turns the events of a run into its printed lines. Keeps what each stage said of its result. */
export class EventLines {
  readonly #details = new Map<string, string>();

  lines(event: RunEvent): readonly Printed[] {
    switch (event.type) {
      case 'stage.progress': {
        const { stage, fraction, message = '' } = event;
        if (fraction !== 1) return [{ to: 'notice', line: `${stage}: ${message}` }];
        this.#details.set(stage, message);
        return nothing;
      }
      case 'stage.succeeded':
        return [{ to: 'out', line: this.#done(event.stage, event.durationMs) }];
      case 'stage.reused':
        return [{ to: 'out', line: this.#done(event.stage, 0, 'kept') }];
      case 'stage.failed': {
        const { stage, durationMs: ms, failure } = event;
        const line = stageLine({ status: 'failed', stage, ms, reason: reasonOf(failure) });
        return [{ to: 'out', line }];
      }
      case 'stage.retrying': {
        const line = `${event.stage}: tries again in ${event.delayMs} ms: ${reasonOf(event.failure)}`;
        return [{ to: 'notice', line }];
      }
      case 'stage.item-failed':
        return [
          { to: 'notice', line: `${event.stage}: ${event.item}: ${reasonOf(event.failure)}` },
        ];
      case 'stage.cancelled': {
        const { stage, attempt, durationMs: ms } = event;
        if (attempt === 0) return nothing;
        const line = stageLine({ status: 'failed', stage, ms, reason: 'cancelled' });
        return [{ to: 'out', line }];
      }
      case 'run.started':
      case 'run.resumed':
      case 'run.cancelling':
      case 'run.finished':
      case 'run.released':
      case 'run.undoing':
      case 'stage.started':
      case 'stage.queued':
      case 'stage.waiting':
      case 'stage.woken':
      case 'stage.signal-refused':
      case 'stage.skipped':
      case 'stage.undone':
      case 'stage.undo-failed':
        return nothing;
      default:
        return event satisfies never;
    }
  }

  /** The line of a stage that an earlier session did, whose events were given to `lines` before. */
  kept(stage: string, ms: number): string {
    return this.#done(stage, ms, 'kept');
  }

  #done(stage: string, ms: number, ...notes: readonly string[]): string {
    const detail = [this.#details.get(stage), ...notes].filter((part) => part !== undefined);
    return stageLine({
      status: 'done',
      stage,
      ms,
      ...(detail.length === 0 ? {} : { detail: detail.join(', ') }),
    });
  }
}
