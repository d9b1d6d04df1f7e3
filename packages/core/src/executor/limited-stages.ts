import { circuitOpenFailure } from '../attempt/index.ts';
import type { Hold, LimitLane, LimitSlots, LimitUser } from '../limits/index.ts';
import type { BoundStage } from '../pipeline/index.ts';
import { AttemptSlots } from './attempt-slots.ts';
import type { CommitQueue } from './commit-queue.ts';
import type { LaunchedAttempt } from './launched-attempt.ts';
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
  readonly slots: AttemptSlots | undefined;
}

/** What is to be done now that it is somebody's turn. */
type TurnEffect = () => StageTurn | undefined;

interface WaitingStage extends LimitUser {
  /** @param slots undefined: the circuit is open, and it is not to wait */
  readonly turn: (slots: LimitSlots | undefined, limit: string) => StageTurn | undefined;
}

interface LimitedStagesParts {
  readonly session: Pick<SessionParts, 'limits' | 'clock'>;
  readonly commits: CommitQueue;
  readonly outcomes: StageOutcomes;
  /** The turn of one that waits may have come. */
  readonly wake: () => void;
}

/**
 * Stages of a session that wait for limits. They hold no slot of the run, and those that need no limit pass them. Most
 * were admitted and have not started; others waited for the world outside, and take their limits anew to go on.
 */
export class LimitedStages {
  readonly #parts: LimitedStagesParts;
  readonly #lane: LimitLane<WaitingStage>;
  readonly #refused: TurnEffect[] = [];
  readonly #waiting = new Set<WaitingStage>();
  /** Of attempts that are to go on: gives their turn up. */
  readonly #goingOn = new Map<LaunchedAttempt, () => void>();

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
    const attempt = this.#parts.outcomes.attemptOf(stage.index) + 1;
    return this.#ask({ stage, attempt }, (slots, limit) =>
      slots === undefined
        ? { stage, admission: refused(stage, admission, limit), slots }
        : { stage, admission, slots: new AttemptSlots(slots) },
    ).turn;
  }

  /** The attempt has waited for the world outside; `then` is called once it has its limits again. */
  goOn(launched: LaunchedAttempt, then: () => void): void {
    const { slots } = launched;
    if (slots === undefined || slots.isHeld) return then();
    const asked = this.#ask(launched, (taken) => {
      this.#goingOn.delete(launched);
      // Nobody can send away one that is in the midst of its work.
      if (taken !== undefined) slots.hold(taken);
      then();
      return undefined;
    });
    if (asked.withdraw !== undefined) this.#goingOn.set(launched, asked.withdraw);
  }

  /** The attempt is over, and will not go on. */
  forget(launched: LaunchedAttempt): void {
    this.#goingOn.get(launched)?.();
    this.#goingOn.delete(launched);
  }

  /** A stage whose turn has come since. */
  next(): StageTurn | undefined {
    for (;;) {
      const effect = this.#refused.shift() ?? this.#takeTurn();
      if (effect === undefined) return undefined;
      const turn = effect();
      if (turn !== undefined) return turn;
    }
  }

  /** None of them starts any more. */
  stop(): void {
    this.#waiting.clear();
    this.#refused.length = 0;
    this.#goingOn.clear();
    this.#lane.close();
  }

  #takeTurn(): TurnEffect | undefined {
    const next = this.#lane.next();
    if (next === undefined) return undefined;
    this.#waiting.delete(next.user);
    return () => next.user.turn(next.slots, '');
  }

  #ask(
    who: Pick<LaunchedAttempt, 'stage' | 'attempt'>,
    turn: WaitingStage['turn'],
  ): { readonly turn?: StageTurn | undefined; readonly withdraw?: () => void } {
    const user: WaitingStage = {
      turn,
      held: (hold) => this.#tell(who, hold),
      refused: ({ limit }) => {
        this.#waiting.delete(user);
        this.#refused.push(() => turn(undefined, limit));
        this.#parts.wake();
      },
    };
    const answer = this.#lane.ask(who.stage.options.limits, user);
    if (answer.kind === 'taken') return { turn: turn(answer.slots, '') };
    if (answer.kind === 'refused') return { turn: turn(undefined, answer.hold.limit) };
    this.#waiting.add(user);
    const withdraw = (): void => {
      this.#waiting.delete(user);
      answer.withdraw();
    };
    return { withdraw };
  }

  #tell({ stage, attempt }: Pick<LaunchedAttempt, 'stage' | 'attempt'>, hold: Hold): void {
    const { session, commits } = this.#parts;
    const at = session.clock.now();
    commits.note({ event: queuedEvent({ stage: stage.id, attempt, at }, hold) });
  }
}

function refused(stage: BoundStage, admission: AdmittedRun, limit: string): AdmittedRun {
  const failure = circuitOpenFailure(`stage ${JSON.stringify(stage.id)}`, limit);
  return { ...admission, failure };
}
