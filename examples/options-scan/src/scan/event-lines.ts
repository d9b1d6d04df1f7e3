import type { ItemCounts, RunEvent } from 'millrace';
import { count, counted } from '../base/figures.ts';
import { stageLine } from '../report/stage-line.ts';
import { ProgressMeter } from './progress-meter.ts';
import { reasonOf } from './reason-of.ts';

/** What to print for an event: a line of the result, a notice beside it, or how far it is. */
export interface Printed {
  readonly to: 'out' | 'notice' | 'ticker';
  readonly line: string;
}

/** So many failed tickers of a stage are told while it runs; the report lists all. */
const MOST_TOLD = 5;

/** Turns the events of a run into its printed lines. Keeps what each stage said of its result. */
export class EventLines {
  readonly #details = new Map<string, string>();
  readonly #failed = new Map<string, number>();
  readonly #meter = new ProgressMeter();

  lines(event: RunEvent): readonly Printed[] {
    switch (event.type) {
      case 'stage.started':
        this.#meter.started(event.stage, event.at);
        return [];
      case 'stage.progress':
        if (event.fraction !== 1) return [{ to: 'ticker', line: this.#meter.line(event) }];
        // The line of the stage follows, and tells it.
        this.#details.set(event.stage, event.message ?? '');
        return [];
      case 'stage.succeeded':
        return [{ to: 'out', line: this.#done(event) }];
      case 'stage.reused':
        return [{ to: 'out', line: this.kept(event.stage, 0, event.items) }];
      case 'stage.item-failed':
        return this.#itemFailed(event);
      case 'stage.failed': {
        const { stage, durationMs, failure, fallback, critical } = event;
        const goesOn = fallback || !critical;
        const note = `FAILED -- ${reasonOf(failure)}${fallback ? ' (its fallback is used)' : ''}`;
        const line = stageLine({ mark: goesOn ? '▲' : '✗', stage, durationMs, note });
        return [{ to: 'out', line }];
      }
      case 'stage.skipped': {
        const { stage, reason } = event;
        const note = `skipped: ${reason}`;
        return [{ to: 'out', line: stageLine({ mark: '○', stage, durationMs: 0, note }) }];
      }
      case 'stage.retrying': {
        const line = `${event.stage}: tries again in ${event.delayMs} ms: ${reasonOf(event.failure)}`;
        return [{ to: 'notice', line }];
      }
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
    return stageLine({
      mark: items !== undefined && items.failed > 0 ? '▲' : '✓',
      stage,
      durationMs,
      detail: [this.#detail(stage, items), 'kept'].filter((part) => part !== '').join(', '),
    });
  }

  #done({ stage, durationMs, items }: Extract<RunEvent, { type: 'stage.succeeded' }>): string {
    const mark = items !== undefined && items.failed > 0 ? '▲' : '✓';
    return stageLine({ mark, stage, durationMs, detail: this.#detail(stage, items) });
  }

  #detail(stage: string, items: ItemCounts | undefined): string {
    if (items === undefined) return this.#details.get(stage) ?? '';
    const { total, failed, kept } = items;
    return [
      counted(total, 'ticker'),
      ...(kept === 0 ? [] : [`${count(kept)} kept`]),
      ...(failed === 0 ? [] : [`${count(failed)} failed`]),
    ].join(', ');
  }

  #itemFailed(event: Extract<RunEvent, { type: 'stage.item-failed' }>): readonly Printed[] {
    const told = (this.#failed.get(event.stage) ?? 0) + 1;
    this.#failed.set(event.stage, told);
    if (told > MOST_TOLD + 1) return [];
    const line =
      told > MOST_TOLD
        ? `${event.stage}: more tickers failed; the report names them all`
        : `${event.stage}: ${event.item} failed: ${reasonOf(event.failure)}`;
    return [{ to: 'notice', line }];
  }
}
