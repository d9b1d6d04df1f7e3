import type { StreamEvent } from '@millrace/stream';
import type { Decisions } from '../flow/status-of.ts';

/** A line for people; `at` is the time of the stream's clock, UTC. */
export interface EventLine {
  readonly at: string;
  readonly text: string;
  readonly isNotice: boolean;
}

/** What is worth a line while it happens: orders on the one hand, what goes wrong and comes right on the other. */
export function eventLine(event: StreamEvent): EventLine | undefined {
  const at = new Date(event.at).toISOString().slice(0, 16).replace('T', ' ');
  const notice = (text: string) => ({ at, text, isNotice: true });
  switch (event.type) {
    case 'message.ended': {
      const { status, outputs, id } = event.outcome;
      const { execution, score } = outputs as Decisions;
      if (status !== 'executed' || execution?.kind !== 'placed' || execution.order.key !== id)
        return undefined;
      const { side, quantity, ticker, price } = execution.order;
      const text = `${side} ${quantity} ${ticker} at ${price.toFixed(2)}, score ${score?.score.toFixed(1)}`;
      return { at, text, isNotice: false };
    }
    case 'stage.degraded':
      return notice(`▲ ${event.stage} fails, its fallback is used: ${causeOf(event.failure)}`);
    case 'stage.failed':
      return notice(`✖ ${event.stage} fails: ${causeOf(event.failure)}`);
    case 'stage.recovered':
      return notice(`✔ ${event.stage} works again`);
    case 'source.failed':
    case 'sink.failed': {
      // One that stays away fails every minute: the first times are told, then the 8th, 16th and so on, and the last.
      if (
        event.delayMs !== undefined &&
        event.attempt > 4 &&
        !Number.isInteger(Math.log2(event.attempt))
      )
        return undefined;
      const again = event.delayMs === undefined ? 'given up' : `again in ${event.delayMs / 1000} s`;
      return notice(
        `✖ ${event.name} failed (attempt ${event.attempt}, ${again}): ${causeOf(event.failure)}`,
      );
    }
    case 'source.recovered':
    case 'sink.recovered':
      return notice(`✔ ${event.name} is back`);
    default:
      return undefined;
  }
}

function causeOf({ message, thrown }: { message: string; thrown?: { message: string } }): string {
  return thrown?.message ?? message;
}
