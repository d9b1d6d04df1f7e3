import {
  type AttemptRequest,
  type AttemptScope,
  askedWaitMs,
  callResultOf,
  hashItem,
  ItemResults,
  itemOverdueFailure,
  type KnownItem,
  type ListedItems,
  listItems,
  type MappedAttempt,
  mayRetry,
} from '../attempt/index.ts';
import type { CancelTimer } from '../base/clock.ts';
import type { SealedValue } from '../base/codec/index.ts';
import { TurnGuard } from '../base/turn-guard.ts';
import { retryDelayMs } from '../definition/index.ts';
import type { FailureRecord, ItemCounts } from '../events/index.ts';
import type { CallResult } from '../limits/index.ts';
import {
  type ItemEnd,
  ItemLife,
  type ItemSite,
  type ListedItem,
  type LooseMappedStage,
} from './item-life.ts';
import { ItemQueue } from './item-queue.ts';
import { itemScope } from './item-scope-of.ts';
import { ItemTally } from './item-tally.ts';

/** How all items together ended. */
export type ItemsEnd =
  | {
      readonly kind: 'done';
      readonly outputs: Readonly<Record<string, unknown>>;
      readonly items: ItemCounts;
    }
  | { readonly kind: 'failed'; readonly failure: FailureRecord; readonly items?: ItemCounts }
  /** Not all were begun, since nobody wants them any more. */
  | { readonly kind: 'stopped' };

interface ItemRunsParts {
  readonly request: AttemptRequest;
  readonly mapped: MappedAttempt;
  readonly stage: LooseMappedStage;
  readonly scope: AttemptScope;
  readonly ended: (end: ItemsEnd) => void;
  /** The ledger threw: a fault of the store or of the engine, not of the stage. */
  readonly broken: (error: unknown) => void;
}

/**
 * The items of one attempt: begins them in order, so many at a time as the stage says, keeps what earlier
 * attempts did, tries failed ones again, and ends once nothing is under way.
 */
export class ItemRuns {
  readonly #parts: ItemRunsParts;
  readonly #site: ItemSite;
  readonly #results: ItemResults;
  readonly #turn: TurnGuard;
  readonly #running = new Set<ItemLife>();
  readonly #queue: ItemQueue;
  readonly #waiting = new Map<ItemLife, CancelTimer>();
  #listed: ListedItems = { items: [], keys: [] };
  #tally: ItemTally;
  #known: ReadonlyMap<string, KnownItem> = new Map();
  #next = 0;
  /** Begun, and given up while they waited for a limit. */
  #dropped = 0;
  /** Reading of results that are kept, under way. */
  #loading = 0;
  /** No item begins any more: too many failed, the deadline passed, or the attempt is over. */
  #isClosing = false;
  #isOverdue = false;
  #isStopped = false;
  #isUntold = false;
  #isAborted = false;
  #isFull = false;
  #isPumping = false;
  #isEnded = false;
  #cancelDeadline: CancelTimer | undefined;

  constructor(parts: ItemRunsParts) {
    this.#parts = parts;
    const { request, mapped, stage, scope } = parts;
    const { clock } = request.services;
    this.#turn = new TurnGuard(() => this.#pump(), clock);
    this.#tally = new ItemTally(request.stage, mapped.map, 0);
    this.#queue = new ItemQueue(mapped.gate, {
      begin: (life) => this.#runTry(life),
      refused: (life, failure) => this.#failedForGood(life, failure),
      moved: () => this.#pump(),
    });
    this.#results = new ItemResults(request.stage, request.blueprint, mapped.map);
    this.#site = {
      stageId: request.stage,
      stage,
      clock,
      timeoutMs: mapped.map.timeoutMs,
      graceMs: request.graceMs,
      scopeOf: (listed, itemTry, life) => itemScope(scope, listed, { itemTry, life }),
    };
  }

  begin(): void {
    const { request, mapped, scope, ended, broken } = this.#parts;
    const { map, ledger } = mapped;
    const held = Reflect.get(Object(scope.inputs), map.over);
    const listed = listItems(request.stage, map, held);
    if (!listed.ok) return ended({ kind: 'failed', failure: listed.problem });
    this.#listed = listed.value;
    this.#tally = new ItemTally(request.stage, map, listed.value.items.length);
    if (map.deadlineMs !== undefined) {
      this.#cancelDeadline = this.#site.clock.setTimer(map.deadlineMs, () => this.#overrun());
    }
    const known = ledger.known();
    if (known instanceof Promise) known.then((found) => this.#start(found)).catch(broken);
    else this.#start(known);
  }

  /** The attempt is over: running items are aborted, and none begins. */
  abort(reason: unknown): void {
    this.#isAborted = true;
    this.#beginNoMore();
    for (const life of [...this.#running]) life.abort(reason);
    this.#pump();
  }

  /** No item begins any more; those that run come to their end, and are recorded. */
  stop(): void {
    if (this.#isClosing) return;
    this.#isStopped = true;
    this.#beginNoMore();
    this.#pump();
  }

  #beginNoMore(): void {
    this.#isClosing = true;
    this.#turn.stop();
    this.#dropped += this.#waiting.size;
    for (const cancelTimer of this.#waiting.values()) cancelTimer();
    this.#waiting.clear();
    this.#dropped += this.#queue.drop().length;
  }

  #start(known: ReadonlyMap<string, KnownItem>): void {
    this.#known = known;
    this.#pump();
  }

  #pump(): void {
    if (this.#isPumping || this.#isEnded) return;
    this.#isPumping = true;
    while (this.#mayBegin() && !this.#turn.isOver()) this.#take(this.#next++);
    this.#isPumping = false;
    // Those that are kept are told together, since they come by thousands.
    if (this.#isUntold) this.#tell();
    const underWay = this.#running.size + this.#waiting.size + this.#queue.size + this.#loading;
    const isBusy = underWay > 0;
    if (isBusy || this.#turn.isPending || this.#isFull) return;
    if (this.#isClosing || this.#next === this.#tally.total) this.#finish();
  }

  #mayBegin(): boolean {
    if (this.#isClosing || this.#isFull || this.#next >= this.#tally.total) return false;
    const begun = this.#running.size + this.#queue.size + this.#loading;
    if (begun >= this.#parts.mapped.map.concurrency) return false;
    const room = this.#parts.mapped.ledger.room();
    if (room === undefined) return true;
    this.#isFull = true;
    room
      .then(() => {
        this.#isFull = false;
        this.#pump();
      })
      .catch(this.#parts.broken);
    return false;
  }

  #take(index: number): void {
    const { over } = this.#parts.mapped.map;
    const item = this.#listed.items[index];
    const key = this.#listed.keys[index] ?? '';
    const listed = { index, key, item, itemHash: hashItem(item, `${over}[${index}]`) };
    const known = this.#known.get(key);
    const isSame =
      known !== undefined && listed.itemHash !== '' && known.itemHash === listed.itemHash;
    if (!isSame) return this.#launch(listed);
    const loaded = known.load();
    if (!(loaded instanceof Promise)) return this.#keep(listed, loaded);
    this.#loading++;
    loaded
      .then((value) => {
        this.#loading--;
        this.#keep(listed, value);
        this.#pump();
      })
      .catch(this.#parts.broken);
  }

  #keep(listed: ListedItem, result: SealedValue | undefined): void {
    if (result === undefined) return this.#launchAgain(listed);
    this.#tally.kept(listed.index, result.value);
    this.#isUntold = true;
  }

  /** Its result is damaged. Meanwhile the deadline may have passed. */
  #launchAgain(listed: ListedItem): void {
    if (!this.#isClosing) return this.#launch(listed);
    if (this.#isOverdue) this.#tally.failed(listed, this.#overdueFailure(listed.key));
  }

  #launch(listed: ListedItem): void {
    const life = new ItemLife(this.#site, listed, (ended, end) => this.#ended(ended, end));
    this.#queue.enter(life);
  }

  #runTry(life: ItemLife): void {
    this.#running.add(life);
    life.begin();
  }

  #ended(life: ItemLife, end: ItemEnd): void {
    this.#running.delete(life);
    if (end.kind === 'returned') this.#returned(life, end.value);
    else if (end.kind === 'failed') this.#failed(life, end.failure);
    // Only now: what begins in its place may end the whole.
    this.#queue.leave(life, this.#resultOf(end));
    this.#pump();
  }

  #resultOf(end: ItemEnd): CallResult {
    if (end.kind === 'returned') return 'worked';
    if (end.kind === 'aborted') return 'other';
    return callResultOf(this.#rules, end.failure);
  }

  get #rules(): Parameters<typeof callResultOf>[0] {
    const { request, mapped } = this.#parts;
    return { policy: mapped.map.retry, spec: request.blueprint.spec };
  }

  #returned(life: ItemLife, value: unknown): void {
    const { ledger } = this.#parts.mapped;
    const checked = this.#results.check(life.listed.key, value);
    if (!checked.ok) return this.#failed(life, checked.problem);
    const recorded = ledger.succeeded(begun(life), checked.value, this.#parts.scope.reads);
    if (!recorded.ok) return this.#failed(life, recorded.problem);
    this.#tally.succeeded(life.listed.index, checked.value.value);
    this.#tell();
  }

  #failed(life: ItemLife, failure: FailureRecord): void {
    const { request, mapped } = this.#parts;
    const { retry } = mapped.map;
    const { tries } = life;
    if (!this.#isClosing && mayRetry(this.#rules, failure, tries)) {
      const failed = { failedAttempts: tries, retryAfterMs: askedWaitMs(failure) };
      const delayMs = retryDelayMs(retry, failed, () => request.services.random());
      return this.#retryLater(life, delayMs);
    }
    this.#failedForGood(life, failure);
  }

  #retryLater(life: ItemLife, delayMs: number): void {
    const wake = (): void => {
      this.#waiting.delete(life);
      this.#queue.enter(life);
      this.#pump();
    };
    this.#waiting.set(life, this.#site.clock.setTimer(delayMs, wake));
  }

  #failedForGood(life: ItemLife, failure: FailureRecord): void {
    const { ledger } = this.#parts.mapped;
    const clean = ledger.failed(begun(life), failure, this.#parts.scope.reads);
    this.#tally.failed(life.listed, clean);
    this.#tell();
    if (!this.#tally.isOverspent) return;
    this.#isClosing = true;
    this.#dropped += this.#queue.drop().length;
  }

  /** The deadline passed: what runs is aborted, and what is not done counts as failed. */
  #overrun(): void {
    this.#isClosing = true;
    this.#isOverdue = true;
    this.#turn.stop();
    for (const life of [...this.#running]) {
      const failure = this.#overdueFailure(life.listed.key);
      life.abort(new DOMException(failure.message, 'TimeoutError'), { kind: 'failed', failure });
    }
    for (const [life, cancelTimer] of [...this.#waiting]) {
      cancelTimer();
      this.#waiting.delete(life);
      this.#failedForGood(life, this.#overdueFailure(life.listed.key));
    }
    for (const life of this.#queue.drop()) {
      this.#failedForGood(life, this.#overdueFailure(life.listed.key));
    }
    for (; this.#next < this.#tally.total; this.#next++) {
      const key = this.#listed.keys[this.#next] ?? '';
      this.#tally.failed({ index: this.#next, key }, this.#overdueFailure(key));
    }
    this.#pump();
  }

  #overdueFailure(key: string): FailureRecord {
    const { deadlineMs } = this.#parts.mapped.map;
    return itemOverdueFailure({ stage: this.#site.stageId, key }, deadlineMs ?? 0);
  }

  #tell(): void {
    this.#isUntold = false;
    this.#parts.request.services.progress(this.#tally.progress);
  }

  #finish(): void {
    this.#isEnded = true;
    this.#cancelDeadline?.();
    const { ended } = this.#parts;
    const { counts: items, isOverspent, total } = this.#tally;
    const left = total - this.#next + this.#dropped;
    if (this.#isStopped && left > 0) return ended({ kind: 'stopped' });
    if (!isOverspent && !this.#isAborted) {
      return ended({ kind: 'done', outputs: this.#tally.outputs(), items });
    }
    ended({ kind: 'failed', failure: this.#tally.failure(left), items });
  }
}

function begun(life: ItemLife): Parameters<MappedAttempt['ledger']['failed']>[0] {
  const { listed, tries, startedAt, elapsedMs } = life;
  const { key, itemHash } = listed;
  return { key, itemHash, tries, startedAt, durationMs: elapsedMs };
}
