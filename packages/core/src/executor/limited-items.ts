import { circuitOpenFailure, type ItemGate, type ItemPass } from '../attempt/index.ts';
import type { CircuitHold, Hold, LimitLane, LimitSlots, LimitUser } from '../limits/index.ts';
import type { CommitQueue } from './commit-queue.ts';
import type { LaunchedAttempt } from './launched-attempt.ts';
import { queuedEvent } from './queued-event.ts';
import type { SessionParts } from './session-parts.ts';

/** Items of one attempt tell no more often that they wait. */
const TELL_EVERY_MS = 1000;

interface WaitingItem extends LimitUser {
  readonly entered: (pass: ItemPass) => void;
}

interface LimitedItemsParts {
  readonly session: Pick<SessionParts, 'limits' | 'clock'>;
  readonly commits: CommitQueue;
}

/** Lets items of a session's mapped stages begin as the limits of their stages allow. */
export class LimitedItems {
  readonly #parts: LimitedItemsParts;
  readonly #lane: LimitLane<WaitingItem>;

  constructor(parts: LimitedItemsParts) {
    this.#parts = parts;
    this.#lane = parts.session.limits.openLane(() => this.#takeTurns());
  }

  /** Undefined for a stage without limits. */
  gateOf(launched: LaunchedAttempt): ItemGate | undefined {
    const { id, options } = launched.stage;
    if (options.limits.length === 0) return undefined;
    const held = this.#teller(launched);
    return {
      enter: (key, entered) => {
        const refusal = ({ limit }: CircuitHold): ItemPass => {
          const item = `item ${JSON.stringify(key)} of stage ${JSON.stringify(id)}`;
          return { kind: 'refused', failure: circuitOpenFailure(item, limit) };
        };
        const refused = (hold: CircuitHold): void => entered(refusal(hold));
        const answer = this.#lane.ask(options.limits, { entered, held, refused });
        if (answer.kind === 'waits') return answer.withdraw;
        entered(answer.kind === 'taken' ? passOf(answer.slots) : refusal(answer.hold));
        return () => {};
      },
    };
  }

  stop(): void {
    this.#lane.close();
  }

  #takeTurns(): void {
    for (;;) {
      const turn = this.#lane.next();
      if (turn === undefined) return;
      turn.user.entered(passOf(turn.slots));
    }
  }

  /** That slots are taken is the ordinary course of things, and told of no item. */
  #teller({ stage, attempt }: LaunchedAttempt): (hold: Hold) => void {
    const { session, commits } = this.#parts;
    let notBeforeMs = Number.NEGATIVE_INFINITY;
    return (hold) => {
      const nowMs = session.clock.monotonic();
      if (hold.kind === 'busy' || nowMs < notBeforeMs) return;
      notBeforeMs = nowMs + Math.max(TELL_EVERY_MS, hold.forMs ?? 0);
      const at = session.clock.now();
      commits.note({ event: queuedEvent({ stage: stage.id, attempt, at }, hold) });
    };
  }
}

function passOf(slots: LimitSlots): ItemPass {
  return { kind: 'passed', leave: (result) => slots.leave(result) };
}
