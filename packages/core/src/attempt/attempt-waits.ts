import { formatDuration, parseDurationMs } from '../base/duration.ts';
import type { StageId } from '../base/ids.ts';
import { MillraceError } from '../base/millrace-error.ts';
import { success } from '../base/result.ts';
import { z } from '../base/zod.ts';
import { checkPayload, schemaText, signalNameFault } from '../signals/index.ts';
import type { Sleep, WaitFor, WaitOptions } from '../stage/index.ts';
import type { WaitDesk, WaitEnd, WaitRequest } from './wait-desk.ts';

interface AttemptWaitsParts {
  readonly stage: StageId;
  /** Undefined where nothing can be waited for: in a replay, say. */
  readonly desk: WaitDesk | undefined;
  /** The first of its waits was opened: until `goOn` the time of the attempt stands still. */
  readonly pause: () => void;
  /** The last of them ended. */
  readonly goOn: () => void;
}

interface OpenCall {
  readonly close: () => void;
  readonly reject: (reason: unknown) => void;
}

/** What `waitFor` and `sleep` of one attempt do. */
export class AttemptWaits {
  readonly #parts: AttemptWaitsParts;
  readonly #calls = new Map<string, number>();
  readonly #open = new Set<OpenCall>();
  #isOver = false;

  constructor(parts: AttemptWaitsParts) {
    this.#parts = parts;
  }

  readonly waitFor: WaitFor = (name, schema, options) =>
    handled(this.#waitFor(name, schema, options));

  readonly sleep: Sleep = (duration) => handled(this.#sleep(duration));

  /** The attempt is aborted: what waits rejects, and nothing waits any more. */
  abort(reason: unknown): void {
    const open = [...this.#open];
    this.end();
    for (const { reject } of open) reject(reason);
  }

  /** The outcome of the attempt is known: what it left waiting is nobody's any more. */
  end(): void {
    this.#isOver = true;
    for (const { close } of this.#open) close();
    this.#open.clear();
  }

  async #waitFor<Schema extends z.ZodType>(
    name: string,
    schema: Schema | undefined,
    { timeout }: WaitOptions = {},
  ): Promise<z.output<Schema>> {
    const fault = signalNameFault(name);
    if (fault !== undefined) throw this.#invalid(`the name ${printed(name)} ${fault}`);
    if (schema !== undefined && !(schema instanceof z.ZodType)) {
      throw this.#invalid(`the schema of ${printed(name)} is no zod schema`);
    }
    const timeoutMs = timeout === undefined ? undefined : this.#toMs(timeout);
    const end = await this.#wait({
      ...this.#next('signal', name),
      timeoutMs,
      schema: schema && schemaText(schema),
      accept: (payload) =>
        schema === undefined ? success(payload) : checkPayload(schema, payload),
    });
    if (end.kind === 'timed-out') throw this.#timedOut(name, timeoutMs ?? 0, end.since);
    // What the schema gave out is of the schema's own type.
    return (end.kind === 'answered' ? end.payload : undefined) as z.output<Schema>;
  }

  async #sleep(duration: string | number): Promise<void> {
    const timeoutMs = this.#toMs(duration);
    await this.#wait({
      ...this.#next('time', ''),
      timeoutMs,
      schema: undefined,
      accept: success,
    });
  }

  #wait(request: WaitRequest): Promise<Exclude<WaitEnd, { readonly kind: 'broken' }>> {
    const { desk, stage, pause, goOn } = this.#parts;
    if (desk === undefined || this.#isOver) return Promise.reject(impossible(stage, request));
    return new Promise((resolve, reject) => {
      if (this.#open.size === 0) pause();
      const close = desk.open(request, (end) => {
        this.#open.delete(call);
        if (this.#open.size === 0) goOn();
        if (end.kind === 'broken') reject(end.error);
        else resolve(end);
      });
      const call: OpenCall = { close, reject };
      this.#open.add(call);
    });
  }

  #next(kind: WaitRequest['kind'], name: string): Pick<WaitRequest, 'kind' | 'name' | 'call'> {
    const key = `${kind} ${name}`;
    const call = (this.#calls.get(key) ?? 0) + 1;
    this.#calls.set(key, call);
    return { kind, name, call };
  }

  #toMs(given: string | number): number {
    if (typeof given === 'number') {
      if (given >= 0 && Number.isFinite(given)) return given;
      throw this.#invalid(`expected a duration of at least 0 milliseconds, got ${given}`);
    }
    const parsed = parseDurationMs(String(given));
    if (parsed.ok) return parsed.value;
    throw this.#invalid(`${parsed.problem}, got ${printed(given)}`);
  }

  #invalid(what: string): MillraceError {
    const { stage } = this.#parts;
    return new MillraceError('WAIT_INVALID', `stage ${printed(stage)} cannot wait: ${what}`, {
      details: { stage },
    });
  }

  #timedOut(name: string, timeoutMs: number, since: number): MillraceError {
    const { stage } = this.#parts;
    const at = new Date(since).toISOString();
    return new MillraceError(
      'WAIT_TIMED_OUT',
      `no signal ${printed(name)} came within ${formatDuration(timeoutMs)} since ${at}`,
      {
        details: { stage, name, timeoutMs, since },
        help: `send it and resume the run: the stage then takes it; or raise the timeout`,
      },
    );
  }
}

/** A wait that the stage does not look at, and that is given up with it, is no error of the process. */
function handled<Value>(waited: Promise<Value>): Promise<Value> {
  waited.catch(() => undefined);
  return waited;
}

function impossible(stage: StageId, { kind, name }: WaitRequest): MillraceError {
  const what = kind === 'signal' ? `for the signal ${printed(name)}` : 'for a time';
  return new MillraceError('WAIT_IMPOSSIBLE', `stage ${printed(stage)} cannot wait ${what} here`, {
    details: { stage, name },
    help: 'a stage waits in setup and run of a run; not in teardown, once it is aborted, or in a replay',
  });
}

function printed(text: unknown): string {
  return typeof text === 'string' ? JSON.stringify(text) : String(text);
}
