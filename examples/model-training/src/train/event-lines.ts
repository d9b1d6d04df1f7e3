import type { ItemCounts, RunEvent } from 'millrace';
import { counted } from '../base/figures.ts';
import { stageLine } from '../report/stage-line.ts';
import { shortReasonOf } from './reason-of.ts';

/** What to print for an event: a line of the result, or a notice beside it. */
export interface Printed {
  readonly to: 'out' | 'notice';
  readonly line: string;
}

/** Turns the events of a run into its printed lines. Keeps what each stage said of its result. */
export class EventLines {
  readonly #details = new Map<string, string>();

  lines(event: RunEvent): readonly Printed[] {
    switch (event.type) {
      case 'stage.progress':
        // Told in the line of the stage, which follows. The learning curve comes by the log, where no line is left out.
        if (event.fraction === 1) this.#details.set(event.stage, event.message ?? '');
        return [];
      case 'stage.succeeded':
        return [{ to: 'out', line: this.#done(event.stage, event.durationMs, event.items) }];
      case 'stage.reused':
        return [{ to: 'out', line: this.kept(event.stage, 0, event.items) }];
      case 'stage.item-failed':
        return [
          {
            to: 'notice',
            line: `${event.stage}: ${event.item} failed: ${shortReasonOf(event.failure)}`,
          },
        ];
      case 'stage.failed': {
        const { stage, durationMs, failure } = event;
        const note = `FAILED -- ${shortReasonOf(failure)}`;
        return [{ to: 'out', line: stageLine({ mark: '✗', stage, durationMs, note }) }];
      }
      case 'stage.skipped': {
        const { stage, reason } = event;
        const note = `skipped: ${reason}`;
        return [{ to: 'out', line: stageLine({ mark: '○', stage, durationMs: 0, note }) }];
      }
      case 'stage.retrying':
        return [
          { to: 'notice', line: `${event.stage}: tries again: ${shortReasonOf(event.failure)}` },
        ];
      case 'stage.cancelled': {
        const { stage, attempt, durationMs } = event;
        if (attempt === 0) return [];
        const line = stageLine({ mark: '✗', stage, durationMs, note: 'cancelled' });
        return [{ to: 'out', line }];
      }
      default:
        return [];
    }
  }

  /** The line of a stage that an earlier session did, whose events were given to `lines` before. */
  kept(stage: string, durationMs: number, items?: ItemCounts): string {
    return this.#done(stage, durationMs, items, 'kept');
  }

  #done(stage: string, durationMs: number, items?: ItemCounts, ...notes: string[]): string {
    const said = items === undefined ? (this.#details.get(stage) ?? '') : itemsText(items);
    const detail = [said, ...notes].filter((part) => part !== '').join(', ');
    return stageLine({ mark: '✓', stage, durationMs, detail });
  }
}

function itemsText({ total, kept }: ItemCounts): string {
  return `${counted(total, 'candidate')}${kept === 0 ? '' : `, ${kept} of them kept`}`;
}
