import { type Clock, toThrownRecord } from '@millrace/core';
import type { Written } from '../chain/link.ts';
import type { StageSite } from '../chain/stage-site.ts';
import { Flight } from '../crew/flight.ts';
import type { Equipped, Generation } from '../crew/generation.ts';
import type { Generations } from '../crew/generations.ts';
import { type Asked, ask } from '../flow/ask.ts';
import type { Entry } from '../flow/entry.ts';
import { type FlushReason, HybridBuffer } from '../flow/hybrid-buffer.ts';
import { Lanes } from '../flow/lanes.ts';
import type { Ledger, Place } from '../flow/ledger.ts';
import type { Route, TakenMessage } from '../flow/routing.ts';
import { SpilledEntries } from '../flow/spilled-entries.ts';
import { unitFault } from '../flow/unit-fault.ts';
import type { MessageFailure } from '../message/message-failure.ts';
import type { MessageOutcome } from '../message/message-outcome.ts';
import type { StreamSettings } from '../settings/stream-settings.ts';
import type { EventFeed } from '../watch/event-feed.ts';
import { FlightResult, NO_OUTPUTS } from './flight-result.ts';
import { groupMessages, type HeldMessage } from './group-messages.ts';

import type { StreamFunctions } from './stream-options.ts';
import { type Verdict, Verdicts } from './verdicts.ts';

interface MessageFlowParts<T> {
  readonly functions: StreamFunctions<T>;
  readonly settings: StreamSettings;
  readonly outputs: readonly string[] | undefined;
  readonly clock: Clock;
  readonly site: StageSite;
  readonly ledger: Ledger;
  readonly generations: Generations;
  readonly events: EventFeed;
  /** The outcome is known; what is left is to tell it to the world. */
  readonly decided: (entry: Entry<T>, outcome: MessageOutcome, taken: TakenMessage<T>) => void;
  /** A stage failed of which the settings say that the stream stops then. */
  readonly fatal: (failure: MessageFailure) => void;
  /** There may be room again. */
  readonly moved: () => void;
}

/** What waits for its turn in the lanes: a message that was accepted, or a group that left the buffer. */
interface Work<T> {
  readonly lane: string | undefined;
  readonly isDroppable: boolean;
  readonly begin: (work: Work<T>) => void;
  /** Instead of `begin`. */
  readonly giveUp: (verdict: Verdict) => void;
}

const NONE: readonly string[] = [];

/** Takes every message from its acceptance to its verdict. */
export class MessageFlow<T> {
  readonly #parts: MessageFlowParts<T>;
  readonly #lanes: Lanes<Work<T>>;
  readonly #buffer: HybridBuffer<HeldMessage<T>>;
  readonly #flights = new Set<Flight>();
  /** Buffered, or of a group that is not decided. */
  #held = 0;
  readonly #mostHeld: number;
  readonly #verdicts: Verdicts<T>;
  /** Made when the queue is first too long. */
  #spilled: SpilledEntries<T> | undefined;

  constructor(parts: MessageFlowParts<T>) {
    const { settings, clock } = parts;
    const { concurrency, concurrencyPerKey, queue, buffer } = settings;
    this.#parts = parts;
    this.#verdicts = new Verdicts(settings, parts.functions.status);
    this.#mostHeld = buffer.capacity ?? buffer.size * 10;
    this.#lanes = new Lanes({
      concurrency,
      concurrencyPerKey,
      canDrop: queue.overflow === 'drop-oldest',
      begin: (work) => work.begin(work),
    });
    this.#buffer = new HybridBuffer({
      clock,
      size: buffer.size,
      intervalMs: buffer.interval,
      flush: (held, reason) => this.#flushed(held, reason),
    });
  }

  /** One more would be too many. */
  get isFull(): boolean {
    const { queue, buffer } = this.#parts.settings;
    if (buffer.overflow === 'block' && this.#held >= this.#mostHeld) return true;
    // What the file does not take is in memory.
    if (this.#spilled?.problem !== undefined) return true;
    return queue.overflow === 'block' && this.#lanes.waiting >= queue.capacity;
  }

  /** Its place in the ledger is `queued` already. */
  enter(entry: Entry<T>): void {
    const { queue } = this.#parts.settings;
    const isTooMuch = this.#lanes.waiting >= queue.capacity;
    if (queue.overflow === 'spill' && (isTooMuch || this.#hasSpilled)) return this.#spill(entry);
    if (queue.overflow === 'drop-oldest' && isTooMuch) {
      this.#lanes.dropOldest()?.giveUp({ status: 'dropped' });
    }
    this.#queue(entry);
  }

  get #hasSpilled(): boolean {
    return this.#spilled !== undefined && this.#spilled.size > 0;
  }

  #queue(entry: Entry<T>): void {
    this.#lanes.add({
      // One at a time, all keep their order.
      lane: this.#parts.settings.concurrency === 1 ? undefined : entry.lane,
      isDroppable: true,
      begin: (work) => this.#begin(work, entry),
      giveUp: (verdict) => this.end(entry, 'queued', verdict),
    });
  }

  #spill(entry: Entry<T>): void {
    this.#spilled ??= new SpilledEntries(this.#parts.settings.queue.folder);
    const wasWell = this.#spilled.problem === undefined;
    const failure = this.#spilled.push(entry);
    const { problem } = this.#spilled;
    if (wasWell && problem !== undefined) {
      const { message } = toThrownRecord(problem);
      this.#parts.site.logger.warn(`the queue cannot spill, and takes no more: ${message}`);
    }
    if (failure !== undefined) this.end(entry, 'queued', this.#verdicts.because(failure));
  }

  /** What spilled comes back in its order, once half of the queue is free. */
  #takeBack(): void {
    const { capacity } = this.#parts.settings.queue;
    if (!this.#hasSpilled || this.#lanes.waiting > capacity / 2) return;
    while (this.#lanes.waiting < capacity) {
      const entry = this.#spilled?.shift();
      if (entry === undefined) return;
      this.#queue(entry);
    }
  }

  close(): void {
    this.#spilled?.close();
    this.#spilled = undefined;
  }

  /** In the buffer, and in no group yet. */
  get inBuffer(): number {
    return this.#buffer.size;
  }

  flush(reason: FlushReason): void {
    this.#buffer.flush(reason);
  }

  /** Ends all that is under way, as cancelled; what stages do not give up is left behind. */
  cancel(failure: MessageFailure): void {
    const verdict = { status: 'cancelled', failure };
    for (const work of this.#lanes.clear()) work.giveUp(verdict);
    for (let entry = this.#spilled?.shift(); entry !== undefined; entry = this.#spilled?.shift()) {
      this.end(entry, 'queued', verdict);
    }
    for (const { entry } of this.#buffer.clear()) this.#decide(entry, 'buffered', verdict);
    for (const flight of [...this.#flights]) flight.cancel(failure);
  }

  /** Gives a message its verdict. */
  end(entry: Entry<T>, from: Place, verdict: Verdict, taken = takenOf(entry)): void {
    const { ledger, clock, decided } = this.#parts;
    const {
      status,
      outputs = NO_OUTPUTS,
      failure,
      degraded = NONE,
      generation = 0,
      group,
    } = verdict;
    ledger.move(from, 'unsent');
    const outcome: MessageOutcome = {
      id: entry.id,
      key: entry.key,
      status,
      outputs: this.#wanted(outputs),
      degraded,
      generation,
      latencyMs: clock.monotonic() - entry.acceptedMs,
      ...(failure === undefined ? undefined : { failure }),
      ...(group === undefined ? undefined : { group }),
    };
    decided(entry, outcome, taken);
  }

  #wanted(outputs: Written): Written {
    const { outputs: names } = this.#parts;
    if (names === undefined || outputs === NO_OUTPUTS) return outputs;
    const wanted: Record<string, unknown> = {};
    for (const name of names) {
      if (Object.hasOwn(outputs, name)) wanted[name] = outputs[name];
    }
    return wanted;
  }

  #begin(work: Work<T>, entry: Entry<T>): void {
    const { ledger, generations, site } = this.#parts;
    ledger.move('queued', 'running');
    this.#parts.moved();
    const generation = generations.take();
    const over = (): void => {
      generations.release(generation, site);
      this.#takeBack();
      this.#lanes.ended(work);
    };
    const { intake } = generation;
    if (intake === undefined) return this.#route(entry, NO_OUTPUTS, generation, over);
    const initial = { ...intake.chain.context, message: entry.value, ...generation.values };
    this.#fly(intake, initial, entry.id, (flight) => {
      if (flight.failure === undefined) {
        const { outputs } = new FlightResult(flight);
        return this.#route(entry, outputs, generation, over, flight.degraded);
      }
      this.end(entry, 'running', this.#verdicts.failed(flight, generation));
      over();
    });
  }

  #route(
    entry: Entry<T>,
    outputs: Written,
    generation: Generation,
    over: () => void,
    degraded: readonly string[] = NONE,
  ): void {
    const taken = takenOf(entry, outputs);
    const { route } = this.#parts.functions;
    const asked: Asked<Route> =
      route === undefined ? { ok: true, value: 'immediate' } : ask('route', () => route(taken));
    const fault = asked.ok ? undefined : asked.failure;
    const way = asked.ok ? asked.value : undefined;
    if (way === 'buffer') {
      this.#hold({ entry, taken, degraded });
      over();
      // A stream that stops waits for nothing else any more: the buffer can be flushed.
      return this.#parts.moved();
    }
    const unit = way === 'immediate' ? { context: { message: entry.value, ...outputs } } : way;
    const wrong = fault ?? unitFault('route', unit, "'immediate', 'buffer'");
    if (wrong !== undefined || unit === undefined || 'status' in unit) {
      const status =
        unit !== undefined && 'status' in unit ? unit.status : this.#parts.settings.failedStatus;
      const failed = wrong === undefined ? { status } : this.#verdicts.because(wrong);
      this.end(
        entry,
        'running',
        { ...failed, outputs, degraded, generation: generation.number },
        taken,
      );
      return over();
    }
    const initial = { ...generation.main.chain.context, ...unit.context, ...generation.values };
    this.#fly(generation.main, initial, entry.id, (flight) => {
      const verdict = this.#verdicts.of(flight, generation, taken);
      const all = degraded.length === 0 ? flight.degraded : [...degraded, ...flight.degraded];
      this.end(entry, 'running', { ...verdict, degraded: all }, taken);
      over();
    });
  }

  #hold(held: HeldMessage<T>): void {
    const { ledger, settings } = this.#parts;
    ledger.move('running', 'buffered');
    if (settings.buffer.overflow === 'drop-oldest' && this.#held >= this.#mostHeld) {
      const dropped = this.#buffer.dropOldest();
      if (dropped !== undefined) {
        this.#decide(dropped.entry, 'buffered', { status: 'dropped' });
      }
    }
    this.#held++;
    this.#buffer.add(held);
  }

  #flushed(held: readonly HeldMessage<T>[], reason: FlushReason): void {
    const { groups, failed } = groupMessages(held, this.#parts.functions);
    this.#parts.events.tell({
      type: 'buffer.flushed',
      reason,
      messages: held.length,
      groups: groups.length,
    });
    for (const { member, failure } of failed) {
      this.#decide(member.entry, 'buffered', this.#verdicts.because(failure), member.taken);
    }
    for (const { key, members, unit } of groups) {
      const wrong = unit.ok ? unitFault('unite', unit.value) : unit.failure;
      if (wrong === undefined && unit.ok && 'context' in unit.value) {
        const { context } = unit.value;
        this.#addGroup(key, members, context);
        continue;
      }
      const status = unit.ok && 'status' in unit.value ? unit.value.status : '';
      const verdict = wrong === undefined ? { status } : this.#verdicts.because(wrong);
      for (const { entry, taken, degraded } of members) {
        this.#decide(
          entry,
          'buffered',
          { ...verdict, outputs: taken.outputs, degraded, group: key },
          taken,
        );
      }
    }
  }

  #addGroup(key: string, members: readonly HeldMessage<T>[], context: Written): void {
    this.#lanes.add({
      lane: key,
      isDroppable: false,
      begin: (work) => this.#beginGroup(work, key, members, context),
      giveUp: (verdict) => {
        for (const { entry, taken } of members) {
          this.#decide(entry, 'buffered', { ...verdict, group: key }, taken);
        }
      },
    });
  }

  #beginGroup(
    work: Work<T>,
    key: string,
    members: readonly HeldMessage<T>[],
    context: Written,
  ): void {
    const { generations, site, ledger } = this.#parts;
    const generation = generations.take();
    ledger.move('buffered', 'running', members.length);
    const initial = { ...generation.main.chain.context, ...context, ...generation.values };
    // The same messages are the same work when they come again.
    const name = members.length === 1 ? (members[0]?.entry.id ?? key) : groupName(key, members);
    this.#fly(generation.main, initial, name, (flight) => {
      for (const { entry, taken, degraded } of members) {
        const verdict = this.#verdicts.of(flight, generation, taken);
        const all = degraded.length === 0 ? flight.degraded : [...degraded, ...flight.degraded];
        this.#decide(entry, 'running', { ...verdict, degraded: all, group: key }, taken);
      }
      generations.release(generation, site);
      this.#takeBack();
      this.#lanes.ended(work);
    });
  }

  #decide(entry: Entry<T>, from: Place, verdict: Verdict, taken?: TakenMessage<T>): void {
    this.#held--;
    this.end(entry, from, verdict, taken);
  }

  #fly(
    { chain, crew }: Equipped,
    initial: Written,
    work: string,
    ended: (flight: Flight) => void,
  ): void {
    const flight = new Flight({ chain, crew, site: this.#parts.site, initial, work }, (over) => {
      this.#flights.delete(over);
      const { failure } = over;
      ended(over);
      const stage = over.isCancelled ? undefined : failure?.stage;
      if (stage === undefined || failure === undefined) return;
      if (this.#parts.settings.onCriticalFailure[stage] === 'stop') this.#parts.fatal(failure);
    });
    this.#flights.add(flight);
    flight.begin();
  }
}

function takenOf<T>({ id, key, value }: Entry<T>, outputs: Written = NO_OUTPUTS): TakenMessage<T> {
  return { id, key, value, outputs };
}

function groupName<T>(key: string, members: readonly HeldMessage<T>[]): string {
  return JSON.stringify([key, ...members.map(({ entry }) => entry.id)]);
}
