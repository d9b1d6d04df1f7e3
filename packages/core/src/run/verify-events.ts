import { invariant, unreachable } from '../base/invariant.ts';
import type { ItemCounts } from '../events/item-counts.ts';
import type { RunEvent, RunFinished, RunUndoing } from '../events/run-event.ts';
import { type CompactGraph, dependantsOf, dependenciesOf } from '../graph/index.ts';

/** Where the newest event leaves a stage. */
type Trace =
  | { readonly kind: 'untold' }
  | { readonly kind: 'running' }
  | { readonly kind: 'waiting' }
  /** `isPartial`: some of its items failed. */
  | { readonly kind: 'succeeded'; readonly isPartial: boolean }
  | { readonly kind: 'failed'; readonly fallback: boolean; readonly critical: boolean }
  /** `isConditional`: dependants may do without it. */
  | { readonly kind: 'skipped'; readonly isConditional: boolean }
  | { readonly kind: 'reused'; readonly isPartial: boolean }
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'undone' };

const UNTOLD: Trace = { kind: 'untold' };
const OPEN_KINDS: ReadonlySet<Trace['kind']> = new Set(['untold', 'running', 'waiting']);

/**
 * Checks what the events of one run promise, whatever the schedule was; for tests and for event logs
 * from elsewhere. It takes all events from the first one on, none of them forgotten, over any number of resumes of one
 * unchanged graph. O(events + edges of the stages that started).
 * @throws MillraceError INVARIANT_BROKEN with the first promise that does not hold
 */
export function verifyEvents(graph: CompactGraph, events: Iterable<RunEvent>): void {
  const verifier = new EventVerifier(graph);
  for (const event of events) verifier.take(event);
}

class EventVerifier {
  readonly #graph: CompactGraph;
  readonly #traces: Trace[];
  /** The outcome that still stands for a stage when a session did not come to it. */
  readonly #checkpoints: (Trace | undefined)[];
  readonly #attempts: Int32Array;
  /** The session in which each stage last started. */
  readonly #startedIn: Int32Array;
  /** The attempt whose outcome an undo would take back; 0 for none. */
  readonly #succeededIn: Int32Array;
  #session = 0;
  #undoing: RunUndoing | undefined;
  #isOpen = false;
  #isCancelling = false;
  #seq = 0;
  #runId: string | undefined;

  constructor(graph: CompactGraph) {
    this.#graph = graph;
    this.#traces = new Array<Trace>(graph.count).fill(UNTOLD);
    this.#checkpoints = new Array(graph.count);
    this.#attempts = new Int32Array(graph.count);
    this.#startedIn = new Int32Array(graph.count);
    this.#succeededIn = new Int32Array(graph.count);
  }

  take(event: RunEvent): void {
    this.#seq++;
    invariant(event.seq === this.#seq, `event ${event.seq} stands in place ${this.#seq}`);
    this.#runId ??= event.runId;
    invariant(event.runId === this.#runId, `event ${event.seq} is one of run ${event.runId}`);
    if (event.type === 'run.started' || event.type === 'run.resumed') return this.#open(event);
    if (event.type === 'run.undoing' && event.because === 'asked') return this.#undo(event);
    invariant(this.#isOpen, `event ${event.seq}, ${event.type}, comes while no session is open`);
    if (event.type === 'run.undoing') this.#undo(event);
    else if ('stage' in event) this.#takeStage(event);
    else if (event.type === 'run.cancelling') this.#isCancelling = true;
    else if (event.type === 'run.released') this.#release(event.seq);
    else this.#finish(event);
  }

  #open({ type, seq }: RunEvent): void {
    // A process may die before its first record, so that a run can begin with its resume.
    const isInPlace = type !== 'run.started' || seq === 1;
    invariant(isInPlace, `event ${seq}, ${type}, is in the wrong place`);
    this.#session++;
    this.#isOpen = true;
    this.#isCancelling = false;
    this.#undoing = undefined;
    this.#traces.forEach(({ kind }, stage) => {
      // What ran when the session before it died is lost; what it did not come to is as it was.
      const isOver = kind === 'running' || kind === 'waiting' || kind === 'undone';
      if (isOver) this.#traces[stage] = UNTOLD;
      const checkpoint = this.#checkpoints[stage];
      const wasLeft = kind === 'skipped' || kind === 'cancelled';
      if (wasLeft && checkpoint !== undefined) this.#traces[stage] = checkpoint;
    });
  }

  /** At the end of a session, or by hand in one of its own. */
  #undo(event: RunUndoing): void {
    if (event.because === 'asked') this.#open(event);
    else {
      const { because, seq } = event;
      const left = this.#traces.findIndex(({ kind }) => OPEN_KINDS.has(kind));
      invariant(left === -1, `event ${seq} undoes stages before ${this.#name(left)} ended`);
      const status = this.#statusSoFar();
      invariant(because === status, `event ${seq} undoes stages of a run that ends ${status}`);
    }
    this.#undoing = event;
  }

  #takeStage(event: Extract<RunEvent, { readonly stage: string }>): void {
    const stage = this.#graph.indexById.get(event.stage);
    invariant(stage !== undefined, `event ${event.seq} names the unknown stage ${event.stage}`);
    switch (event.type) {
      case 'stage.started':
        return this.#start(stage, event.attempt, event.seq);
      case 'stage.progress':
      case 'stage.item-failed':
      case 'stage.waiting':
      case 'stage.woken':
      case 'stage.signal-refused':
        return this.#expectRunning(stage, event);
      case 'stage.queued':
        if (this.#kindOf(stage) === 'running') return this.#expectRunning(stage, event);
        return this.#expectUnsettled(stage, event.seq);
      case 'stage.retrying':
        this.#expectRunning(stage, event);
        return this.#set(stage, { kind: 'waiting' });
      case 'stage.succeeded':
        this.#expectRunning(stage, event);
        this.#succeededIn[stage] = event.attempt;
        return this.#set(stage, { kind: 'succeeded', isPartial: isPartial(event.items) });
      case 'stage.failed': {
        this.#expectRunning(stage, event);
        const { fallback, critical } = event;
        this.#succeededIn[stage] = 0;
        return this.#set(stage, { kind: 'failed', fallback, critical });
      }
      case 'stage.cancelled':
        this.#expectUnsettled(stage, event.seq);
        return this.#set(stage, { kind: 'cancelled' });
      case 'stage.skipped':
        this.#expectUnsettled(stage, event.seq);
        invariant(this.#kindOf(stage) !== 'running', `${this.#name(stage)} was skipped as it ran`);
        return this.#set(stage, { kind: 'skipped', isConditional: event.condition === true });
      case 'stage.reused':
        this.#expectUnsettled(stage, event.seq);
        invariant(this.#kindOf(stage) !== 'running', `${this.#name(stage)} was reused as it ran`);
        return this.#set(stage, { kind: 'reused', isPartial: isPartial(event.items) });
      case 'stage.undone':
        this.#expectUndoable(stage, event);
        return this.#takeBack(stage, event.seq);
      case 'stage.undo-failed':
        return this.#expectUndoable(stage, event);
      default:
        return unreachable(event, 'an event of a stage that nobody knows');
    }
  }

  #start(stage: number, attempt: number, seq: number): void {
    const name = this.#name(stage);
    invariant(this.#undoing === undefined, `${name} started in event ${seq}, amid an undo`);
    invariant(this.#kindOf(stage) !== 'running', `${name} started twice, in event ${seq}`);
    if (this.#startedIn[stage] === this.#session) {
      invariant(this.#kindOf(stage) === 'waiting', `${name} started again, in event ${seq}`);
    }
    invariant(attempt > (this.#attempts[stage] as number), `${name} repeated attempt ${attempt}`);
    for (const other of dependenciesOf(this.#graph, stage)) {
      invariant(this.#isSatisfied(other), `${name} started before ${this.#name(other)} ended`);
    }
    for (const other of dependantsOf(this.#graph, stage)) {
      const isEarly = this.#startedIn[other] === this.#session;
      invariant(!isEarly, `${name} started after ${this.#name(other)}, which needs it`);
    }
    this.#attempts[stage] = attempt;
    this.#startedIn[stage] = this.#session;
    this.#set(stage, { kind: 'running' });
  }

  #isSatisfied(stage: number): boolean {
    const trace = this.#traces[stage] ?? UNTOLD;
    if (trace.kind === 'skipped') return trace.isConditional;
    if (trace.kind === 'failed') return trace.fallback;
    return trace.kind === 'succeeded' || trace.kind === 'reused';
  }

  #expectRunning(stage: number, { attempt, seq }: { attempt: number; seq: number }): void {
    invariant(
      this.#kindOf(stage) === 'running' && this.#attempts[stage] === attempt,
      `event ${seq} tells of attempt ${attempt} of ${this.#name(stage)}, which does not run`,
    );
  }

  #expectUndoable(stage: number, { attempt, seq }: { attempt: number; seq: number }): void {
    const name = this.#name(stage);
    invariant(this.#undoing !== undefined, `event ${seq} undoes ${name} outside of an undo`);
    const last = this.#succeededIn[stage] as number;
    const hasOutcome = last > 0 && attempt >= last;
    invariant(
      hasOutcome,
      `event ${seq} undoes attempt ${attempt} of ${name}, of which nothing stands`,
    );
  }

  #takeBack(stage: number, seq: number): void {
    for (const other of dependenciesOf(this.#graph, stage)) {
      const isEarly = this.#kindOf(other) === 'undone';
      const names = `${this.#name(stage)} after ${this.#name(other)}, which it needs`;
      invariant(!isEarly, `event ${seq} undoes ${names}`);
    }
    this.#succeededIn[stage] = 0;
    this.#checkpoints[stage] = undefined;
    this.#set(stage, { kind: 'undone' });
  }

  /** A stage that this session has settled is settled for it. */
  #expectUnsettled(stage: number, seq: number): void {
    const kind = this.#kindOf(stage);
    const isOpen = kind === 'running' || kind === 'waiting';
    invariant(
      isOpen || this.#startedIn[stage] !== this.#session,
      `event ${seq} settles ${this.#name(stage)} again`,
    );
  }

  /** The session ended with stages that wait: a resume begins them again. */
  #release(seq: number): void {
    this.#isOpen = false;
    const isRunning = this.#traces.some(({ kind }) => kind === 'running');
    invariant(isRunning, `the run was released in event ${seq} and no stage waits`);
  }

  #finish({ status, seq }: RunFinished): void {
    this.#isOpen = false;
    if (this.#undoing !== undefined) return this.#finishUndo(this.#undoing, { status, seq });
    const left = this.#traces.findIndex(({ kind }) => OPEN_KINDS.has(kind));
    invariant(left === -1, `the run finished before ${this.#name(left)} ended`);
    const expected = this.#statusSoFar();
    invariant(status === expected, `the run finished ${status} in event ${seq}, not ${expected}`);
  }

  /** By hand a run may be undone that has not come to all of its stages. */
  #finishUndo({ because }: RunUndoing, { status, seq }: Pick<RunFinished, 'status' | 'seq'>): void {
    const isUndone = this.#traces.some(({ kind }) => kind === 'undone');
    const isAs = because === 'asked' ? !isUndone || isCutShort(status) : status === because;
    invariant(isAs, `the run finished ${status} in event ${seq}, after what it did was undone`);
  }

  #statusSoFar(): RunFinished['status'] {
    const failed = this.#traces.filter((trace) => trace.kind === 'failed');
    if (this.#isCancelling && this.#traces.some(({ kind }) => kind === 'cancelled')) {
      return 'cancelled';
    }
    if (failed.some(({ critical, fallback }) => critical && !fallback)) return 'failed';
    const isPart = this.#traces.some((trace) => 'isPartial' in trace && trace.isPartial);
    return failed.length > 0 || isPart ? 'degraded' : 'succeeded';
  }

  #kindOf(stage: number): Trace['kind'] {
    return (this.#traces[stage] ?? UNTOLD).kind;
  }

  #set(stage: number, trace: Trace): void {
    this.#traces[stage] = trace;
    const { kind } = trace;
    if (kind === 'succeeded' || kind === 'reused') this.#checkpoints[stage] = trace;
    const isReplaced = kind === 'running' || (kind === 'skipped' && trace.isConditional);
    if (isReplaced) this.#checkpoints[stage] = undefined;
  }

  #name(stage: number): string {
    return `stage ${JSON.stringify(this.#graph.ids[stage])}`;
  }
}

function isCutShort(status: RunFinished['status']): boolean {
  return status === 'failed' || status === 'cancelled';
}

function isPartial(items: ItemCounts | undefined): boolean {
  return items !== undefined && items.failed > 0;
}
