import { openSync, writeSync } from 'node:fs';
import {
  type CheckpointStore,
  InterceptedStore,
  type ItemRecord,
  isWrite,
  type RunEvent,
  type StoreCall,
} from '@millrace/core';

type Env = Readonly<Record<string, string | undefined>>;

/**
 * Named points at which a run can be made to die, to see what a resume makes of it: before and after each
 * write of the store, and when an event was announced. `MILLRACE_CRASH_AT` names the one that kills the
 * process, as `after:stage.succeeded:ingest#1`; the file `MILLRACE_CRASH_LOG` gets the name of each that is
 * passed, in a line of its own.
 */
export class CrashPoints {
  readonly #fatal: string | undefined;
  readonly #log: number | undefined;
  readonly #counts = new Map<string, number>();

  /** Undefined when the variables ask for nothing. */
  static of({ MILLRACE_CRASH_AT: at, MILLRACE_CRASH_LOG: log }: Env): CrashPoints | undefined {
    if (isEmpty(at) && isEmpty(log)) return undefined;
    return new CrashPoints(at, isEmpty(log) ? undefined : openSync(log ?? '', 'a'));
  }

  private constructor(fatal: string | undefined, log: number | undefined) {
    this.#fatal = fatal;
    this.#log = log;
  }

  /** The same store, whose writes are points. */
  watch(store: CheckpointStore): CheckpointStore {
    return new WatchedStore(store, this);
  }

  announced(event: RunEvent): void {
    const name = eventName(event);
    if (name !== undefined) this.pass(`announced:${name}`);
  }

  pass(point: string): void {
    if (this.#log !== undefined) writeSync(this.#log, `${point}\n`);
    if (point === this.#fatal) process.kill(process.pid, 'SIGKILL');
  }

  /** Writes are told by what they hold, since how outcomes are grouped is a matter of timing. */
  namesOf(call: StoreCall): readonly string[] {
    if (call.method === 'commit') {
      const [, { events, items = [] }] = call.args;
      return [...events.flatMap((event) => eventName(event) ?? []), ...this.#itemNames(items)];
    }
    // A lease is renewed as often as there is time for it.
    if (!isWrite(call) || call.method === 'renewLease') return [];
    const count = (this.#counts.get(call.method) ?? 0) + 1;
    this.#counts.set(call.method, count);
    return [`${call.method}#${count}`];
  }

  /** `items:score#1:100`: the hundredth item of an attempt. There are too many for a name each. */
  #itemNames(items: readonly ItemRecord[]): readonly string[] {
    return items.flatMap(({ stage, attempt }) => {
      const name = `items:${stage}#${attempt}`;
      const count = (this.#counts.get(name) ?? 0) + 1;
      this.#counts.set(name, count);
      return POWERS_OF_TEN.has(count) ? [`${name}:${count}`] : [];
    });
  }
}

const POWERS_OF_TEN: ReadonlySet<number> = new Set(
  Array.from({ length: 8 }, (_, power) => 10 ** power),
);

class WatchedStore extends InterceptedStore {
  readonly #points: CrashPoints;

  constructor(store: CheckpointStore, points: CrashPoints) {
    super(store);
    this.#points = points;
  }

  protected override intercept<Answer>(
    call: StoreCall,
    proceed: () => Answer | Promise<Answer>,
  ): Answer | Promise<Answer> {
    const names = this.#points.namesOf(call);
    for (const name of names) this.#points.pass(`before:${name}`);
    const answer = proceed();
    if (answer instanceof Promise) return answer.then((value) => this.#passed(names, value));
    return this.#passed(names, answer);
  }

  #passed<Answer>(names: readonly string[], answer: Answer): Answer {
    for (const name of names) this.#points.pass(`after:${name}`);
    return answer;
  }
}

/** Events that come as often as there is time for them. */
const UNSTEADY: ReadonlySet<RunEvent['type']> = new Set<RunEvent['type']>([
  'stage.progress',
  'stage.item-failed',
  'stage.queued',
  'stage.signal-refused',
]);

/** Undefined for progress, items and waits for limits, which are a matter of timing. */
export function eventName(event: RunEvent): string | undefined {
  if (UNSTEADY.has(event.type)) return undefined;
  if (!('stage' in event)) return event.type;
  return `${event.type}:${event.stage}${'attempt' in event ? `#${event.attempt}` : ''}`;
}

function isEmpty(text: string | undefined): boolean {
  return text === undefined || text === '';
}
