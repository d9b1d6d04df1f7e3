import { circuitOpenFailure } from '../attempt/index.ts';
import type { CircuitHold, Hold, LimitLane, LimitSlots, LimitUser } from '../limits/index.ts';
import type { BoundStage } from '../pipeline/index.ts';
import type { CommitQueue } from './commit-queue.ts';
import { queuedEvent } from './queued-event.ts';
import type { SessionParts } from './session-parts.ts';
import type { Admission } from './stage-gate.ts';
import type { StageOutcomes } from './stage-outcomes.ts';

type AdmittedRun = Extract<Admission, { readonly kind: 'run' }>;

/** A stage that may start now, with what it took of its limits. */
export interface StageTurn {
  readonly stage: BoundStage;
  /** With a failure when it is refused. */
  readonly admission: AdmittedRun;
  readonly slots: LimitSlots | undefined;
}

interface WaitingStage extends LimitUser, Pick<StageTurn, 'stage' | 'admission'> {}

interface LimitedStagesParts {
  readonly session: Pick<SessionParts, 'limits' | 'clock'>;
  readonly commits: CommitQueue;
  readonly outcomes: StageOutcomes;
  /** The turn of one that waits may have come. */
  readonly wake: () => void;
}

/**
 * Stages of a session that wait for limits. They were admitted and are ready; they hold no slot of the run, and those
 * that need no limit pass them.
 */
export class LimitedStages {
  readonly #parts: LimitedStagesParts;
  readonly #lane: LimitLane<WaitingStage>;
  readonly #refused: StageTurn[] = [];
  readonly #waiting = new Set<WaitingStage>();

  constructor(parts: LimitedStagesParts) {
    this.#parts = parts;
    this.#lane = parts.session.limits.openLane(parts.wake);
  }

  get waiting(): number {
    return this.#waiting.size + this.#refused.length;
  }

  /** The turn of the stage, when it need not wait; otherwise it comes back from `next`. */
  enter(stage: BoundStage, admission: AdmittedRun): StageTurn | undefined {
    // The items of a mapped stage take part one by one.
    const isFree = stage.options.limits.length === 0 || stage.map !== undefined;
    if (isFree || admission.failure !== undefined) return { stage, admission, slots: undefined };
    const user: WaitingStage = {
      stage,
      admission,
      held: (hold) => this.#tell(stage, hold),
      refused: (hold) => {
        this.#waiting.delete(user);
        this.#refused.push(refusedTurn(user, hold));
        this.#parts.wake();
      },
    };
    const answer = this.#lane.ask(stage.options.limits, user);
    if (answer.kind === 'taken') return { stage, admission, slots: answer.slots };
    if (answer.kind === 'refused') return refusedTurn(user, answer.hold);
    this.#waiting.add(user);
    return undefined;
  }

  /** A stage whose turn has come since. */
  next(): StageTurn | undefined {
    const refused = this.#refused.shift();
    if (refused !== undefined) return refused;
    const turn = this.#lane.next();
    if (turn === undefined) return undefined;
    const { stage, admission } = turn.user;
    this.#waiting.delete(turn.user);
    return { stage, admission, slots: turn.slots };
  }

  /** None of them starts any more. */
  stop(): void {
    this.#waiting.clear();
    this.#refused.length = 0;
    this.#lane.close();
  }

  #tell({ id, index }: BoundStage, hold: Hold): void {
    const { session, commits, outcomes } = this.#parts;
    const attempt = outcomes.attemptOf(index) + 1;
    commits.note({ event: queuedEvent({ stage: id, attempt, at: session.clock.now() }, hold) });
  }
}

function refusedTurn({ stage, admission }: WaitingStage, { limit }: CircuitHold): StageTurn {
  const failure = circuitOpenFailure(`stage ${JSON.stringify(stage.id)}`, limit);
  return { stage, admission: { ...admission, failure }, slots: undefined };
}
