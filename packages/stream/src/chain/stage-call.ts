import {
  type Artifacts,
  formatDuration,
  handOutScope,
  type Logger,
  MillraceError,
  type ProgressReport,
  parseDurationMs,
  type RunId,
  type RunScope,
  type Sleep,
  type StageContext,
  type StageId,
  type WaitFor,
} from '@millrace/core';
import { quote } from '../base/quote.ts';
import type { StageSite } from './stage-site.ts';
import { uuidOf } from './work-id.ts';

type Handed = RunScope<unknown, unknown, never>;

interface StageCallParts {
  readonly site: StageSite;
  readonly stageId: StageId;
  readonly params: unknown;
  readonly inputs: unknown;
  readonly attempt: number;
  /** Names the work for which it is: the id of a message, or of a group. */
  readonly work: string;
  readonly context: () => StageContext<never>;
}

const ignoreProgress = (_: ProgressReport): void => undefined;

/** What a stage's methods get of a stream. What costs something is made when it is first asked for. */
export class StageCall implements Handed {
  readonly #parts: StageCallParts;
  #abort: AbortController | undefined;
  #abortReason: unknown;
  #logger: Logger | undefined;
  #context: StageContext<never> | undefined;

  constructor(parts: StageCallParts) {
    this.#parts = parts;
  }

  /** The object that a stage gets, which it may take apart. */
  get handed(): Handed {
    return handOutScope(this);
  }

  get runId(): RunId {
    return this.#parts.site.runId;
  }

  get stageId(): StageId {
    return this.#parts.stageId;
  }

  get attempt(): number {
    return this.#parts.attempt;
  }

  get params(): unknown {
    return this.#parts.params;
  }

  get inputs(): unknown {
    return this.#parts.inputs;
  }

  get context(): StageContext<never> {
    this.#context ??= this.#parts.context();
    return this.#context;
  }

  get signal(): AbortSignal {
    if (this.#abort === undefined) {
      this.#abort = new AbortController();
      if (this.#abortReason !== undefined) this.#abort.abort(this.#abortReason);
    }
    return this.#abort.signal;
  }

  get logger(): Logger {
    const { site, stageId, work } = this.#parts;
    this.#logger ??= site.logger.child({ stage: stageId, message: work });
    return this.#logger;
  }

  get artifacts(): Artifacts {
    return this.#parts.site.artifacts;
  }

  get progress(): (report: ProgressReport) => void {
    return ignoreProgress;
  }

  /** The same for a message whenever it comes again, also after a kill. */
  get idempotencyKey(): string {
    const { site, stageId, work } = this.#parts;
    return uuidOf([site.name, stageId, work]);
  }

  get waitFor(): WaitFor {
    const { stageId } = this.#parts;
    return (name) => Promise.reject(noSignals(stageId, String(name)));
  }

  get sleep(): Sleep {
    return (duration) => this.#sleep(duration);
  }

  abort(reason: unknown): void {
    this.#abortReason = reason;
    this.#abort?.abort(reason);
  }

  #sleep(duration: string | number): Promise<void> {
    const { site } = this.#parts;
    const { signal } = this;
    return new Promise((resolve, reject) => {
      const cancelTimer = site.clock.setTimer(toMs(duration), resolve);
      const giveUp = (): void => {
        cancelTimer();
        reject(signal.reason);
      };
      if (signal.aborted) giveUp();
      else signal.addEventListener('abort', giveUp, { once: true });
    });
  }
}

function toMs(given: string | number): number {
  if (typeof given === 'number' && given >= 0 && Number.isFinite(given)) return given;
  const parsed = parseDurationMs(String(given));
  if (parsed.ok) return parsed.value;
  throw new MillraceError('WAIT_INVALID', `cannot sleep: ${parsed.problem}`, {
    help: `give milliseconds, or text with a unit such as ${quote(formatDuration(1500))}`,
  });
}

function noSignals(stage: StageId, name: string): MillraceError {
  return new MillraceError(
    'WAIT_IMPOSSIBLE',
    `stage ${quote(stage)} cannot wait for the signal ${quote(name)} in a stream`,
    { details: { stage, name }, help: 'give what it waits for to the stream as messages' },
  );
}
