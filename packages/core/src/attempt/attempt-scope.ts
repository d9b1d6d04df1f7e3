import { inspect } from 'node:util';
import type { RunId, StageId } from '../base/ids.ts';
import type { Logger } from '../base/logger.ts';
import { NO_PARAMS } from '../pipeline/index.ts';
import type { Artifacts, ProgressReport, RunScope, Sleep, WaitFor } from '../stage/index.ts';
import type { AttemptRequest } from './attempt-request.ts';
import type { AttemptWaits } from './attempt-waits.ts';
import { ContextView } from './context-view.ts';
import { type AttemptReads, NO_READS, ReadLog } from './read-log.ts';
import type { WorkItem } from './work-item.ts';

/** What a stage's methods get. What costs something is made when it is first asked for. */
export class AttemptScope implements RunScope<unknown, unknown, never> {
  readonly #request: AttemptRequest;
  readonly #waits: () => AttemptWaits;
  #inputs: unknown;
  #params: unknown;
  #reads: ReadLog | undefined;
  #abort: AbortController | undefined;
  #abortReason: unknown;
  #logger: Logger | undefined;
  #context: ContextView | undefined;
  #progress: ((report: ProgressReport) => void) | undefined;
  #idempotencyKey: string | undefined;
  #closed = false;

  constructor(request: AttemptRequest, inputs: unknown, waits: () => AttemptWaits) {
    this.#request = request;
    this.#waits = waits;
    this.#inputs = inputs;
  }

  get runId(): RunId {
    return this.#request.runId;
  }

  get stageId(): StageId {
    return this.#request.stage;
  }

  get attempt(): number {
    return this.#request.attempt;
  }

  get params(): unknown {
    const { params } = this.#request;
    if (params === NO_PARAMS.value) return params;
    this.#params ??= this.#log().params(params);
    return this.#params;
  }

  get inputs(): unknown {
    this.#inputs ??= this.#log().inputs(this.#request.context);
    return this.#inputs;
  }

  get signal(): AbortSignal {
    if (this.#abort === undefined) {
      this.#abort = new AbortController();
      if (this.#abortReason !== undefined) this.#abort.abort(this.#abortReason);
    }
    return this.#abort.signal;
  }

  get logger(): Logger {
    this.#logger ??= this.#request.services.logger();
    return this.#logger;
  }

  get artifacts(): Artifacts {
    return this.#request.services.artifacts;
  }

  get context(): ContextView {
    if (this.#context === undefined) {
      const { stage, context, updatable } = this.#request;
      this.#context = new ContextView({ stage, context, updatable, reads: this.#log() });
    }
    return this.#context;
  }

  get progress(): (report: ProgressReport) => void {
    // A stage that was left behind may still report; nobody listens any more.
    this.#progress ??= (report) => {
      if (!this.#closed) this.#request.services.progress(report);
    };
    return this.#progress;
  }

  get idempotencyKey(): string {
    this.#idempotencyKey ??= this.#request.services.idempotencyKey();
    return this.#idempotencyKey;
  }

  idempotencyKeyOf(item: WorkItem): string {
    return this.#request.services.idempotencyKey(item);
  }

  get waitFor(): WaitFor {
    return this.#waits().waitFor;
  }

  get sleep(): Sleep {
    return this.#waits().sleep;
  }

  /** The context view if the stage asked for it. */
  get usedContext(): ContextView | undefined {
    return this.#context;
  }

  /** What the stage looked at so far. */
  get reads(): AttemptReads {
    return this.#reads?.summary() ?? NO_READS;
  }

  abort(reason: unknown): void {
    this.#abortReason = reason;
    this.#abort?.abort(reason);
  }

  close(): void {
    this.#closed = true;
  }

  /** What a stage sees that prints its scope: nothing that would have to be made for it. */
  [inspect.custom](): unknown {
    const { runId, stage: stageId, attempt, params } = this.#request;
    return { runId, stageId, attempt, params };
  }

  #log(): ReadLog {
    this.#reads ??= new ReadLog();
    return this.#reads;
  }
}
