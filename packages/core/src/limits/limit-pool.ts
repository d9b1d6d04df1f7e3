import type { CancelTimer, Clock } from '../base/clock.ts';
import type { LimitDefinition } from '../definition/limit-definition.ts';
import { CallRate } from './call-rate.ts';
import { type CallResult, CircuitBreaker } from './circuit-breaker.ts';
import type { Hold } from './hold.ts';
import { type Waiting, WaitingLine } from './waiting-line.ts';

/** What one attempt took of a pool. */
export interface Share {
  readonly cost: number;
  /** It tries whether what the pool stands for works again. */
  readonly isProbe: boolean;
}

/** One limit: what of it is taken, and who waits for it, in one line per lane. */
export class LimitPool<Lane, Request extends Waiting> {
  readonly #clock: Clock;
  readonly #rate = new CallRate();
  readonly #breaker = new CircuitBreaker();
  readonly #lines = new Map<Lane, WaitingLine<Request>>();
  #definition: LimitDefinition;
  #taken = 0;
  #timer: { readonly dueMs: number; readonly cancel: CancelTimer } | undefined;

  constructor(definition: LimitDefinition, clock: Clock) {
    this.#definition = definition;
    this.#clock = clock;
  }

  get name(): string {
    return this.#definition.name;
  }

  /** Other settings hold from now on. What was taken stays taken. */
  redefine(definition: LimitDefinition): void {
    this.#definition = definition;
  }

  /** Whoever finds the circuit open is sent away. */
  get refusesWhenOpen(): boolean {
    return this.#definition.breaker?.onOpen === 'fail';
  }

  /** Why so much cannot be taken now. Who waits is not looked at. */
  holdFor(cost: number): Hold | undefined {
    const { name, concurrency = Number.POSITIVE_INFINITY, rate, breaker } = this.#definition;
    const nowMs = this.#clock.monotonic();
    const limit = name;
    if (breaker !== undefined) {
      const state = this.#breaker.state(nowMs);
      if (state.kind === 'probing') return { kind: 'circuit', limit, forMs: undefined };
      if (state.kind === 'open') {
        return { kind: 'circuit', limit, forMs: Math.ceil(state.untilMs - nowMs) };
      }
    }
    // One that costs more than there is, since the pool was made smaller, takes it whole.
    if (this.#taken + Math.min(cost, concurrency) > concurrency) return { kind: 'busy', limit };
    const forMs = rate === undefined ? 0 : this.#rate.waitMs(rate, cost, nowMs);
    return forMs > 0 ? { kind: 'rate', limit, forMs } : undefined;
  }

  /** What `holdFor` allows. */
  take(cost: number): Share {
    const { rate, breaker } = this.#definition;
    const nowMs = this.#clock.monotonic();
    this.#taken += cost;
    if (rate !== undefined) this.#rate.take(rate, cost, nowMs);
    return { cost, isProbe: breaker !== undefined && this.#breaker.begin(nowMs) };
  }

  /** Gives a share back. True when the circuit opened over it. */
  leave({ cost, isProbe }: Share, result: CallResult): boolean {
    this.#taken -= cost;
    const { breaker } = this.#definition;
    if (breaker === undefined) return false;
    return this.#breaker.end({ result, isProbe }, breaker, this.#clock.monotonic());
  }

  lineOf(lane: Lane): WaitingLine<Request> {
    const known = this.#lines.get(lane);
    if (known !== undefined) return known;
    const line = new WaitingLine<Request>();
    this.#lines.set(lane, line);
    return line;
  }

  closeLine(lane: Lane): void {
    this.#lines.delete(lane);
  }

  /** Who has waited longest, of the lanes that count. O(lanes). */
  oldest(counts: (lane: Lane) => boolean): Request | undefined {
    let oldest: Request | undefined;
    for (const [lane, line] of this.#lines) {
      const first = counts(lane) ? line.first() : undefined;
      if (first !== undefined && first.order < (oldest?.order ?? Number.POSITIVE_INFINITY)) {
        oldest = first;
      }
    }
    return oldest;
  }

  /** Everybody who waits, in the order of coming. */
  everybody(): readonly Request[] {
    const all = [...this.#lines.values()].flatMap((line) => line.all());
    return all.sort((a, b) => a.order - b.order);
  }

  /** Calls back after a time, or earlier when that was asked for before. */
  callAfter(forMs: number, callback: () => void): void {
    const dueMs = this.#clock.monotonic() + forMs;
    if (this.#timer !== undefined && this.#timer.dueMs <= dueMs) return;
    this.#timer?.cancel();
    const fire = (): void => {
      this.#timer = undefined;
      callback();
    };
    this.#timer = { dueMs, cancel: this.#clock.setTimer(forMs, fire) };
  }

  stopTimer(): void {
    this.#timer?.cancel();
    this.#timer = undefined;
  }
}
