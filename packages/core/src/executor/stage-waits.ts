import type { WaitDesk, WaitRequest } from '../attempt/index.ts';
import { MillraceError } from '../base/millrace-error.ts';
import type { WaitRecord } from '../checkpoint/index.ts';
import type { CommitQueue } from './commit-queue.ts';
import type { LaunchedAttempt } from './launched-attempt.ts';
import { OpenWait } from './open-wait.ts';
import type { SessionParts } from './session-parts.ts';
import { SignalWatch } from './signal-watch.ts';
import type { WaitHost } from './wait-host.ts';

interface StageWaitsParts {
  readonly session: SessionParts;
  readonly commits: CommitQueue;
  readonly host: WaitHost;
}

type WaitName = Pick<WaitRecord, 'kind' | 'name' | 'call'>;

/** What the stages of a run wait for, on record and in this session. */
export class StageWaits {
  readonly #parts: StageWaitsParts;
  readonly #watch: SignalWatch;
  /** By stage, then by kind, name and call. */
  readonly #records = new Map<string, Map<string, WaitRecord>>();
  /** Those that were opened and are not over. */
  readonly #open = new Set<OpenWait>();
  #loaded: Promise<void> | undefined;

  constructor(parts: StageWaitsParts) {
    const { store, runId, clock, logger } = parts.session;
    this.#parts = parts;
    this.#watch = new SignalWatch({ store, runId, clock, logger });
  }

  /** Whether something will go on by itself before the time has passed. */
  endsWithin(ms: number): boolean {
    const untilMs = this.#parts.session.clock.monotonic() + ms;
    return [...this.#open].some(({ dueMs }) => dueMs < untilMs);
  }

  /** For the calls of one attempt. */
  deskOf(launched: LaunchedAttempt): WaitDesk {
    return {
      open: (request, ended) => {
        const wait = new OpenWait({
          ...this.#parts,
          launched,
          request,
          ended: (end) => {
            this.#open.delete(wait);
            ended(end);
          },
          watch: this.#watch,
          recorded: () => this.#recordsOf(launched).get(nameOf(request)),
          ofStage: () => this.#recordsOf(launched).values(),
          keep: (record) => void this.#recordsOf(launched).set(nameOf(record), record),
        });
        this.#open.add(wait);
        this.#begin(wait, launched, request).catch((error: unknown) => wait.fail(error));
        return () => {
          this.#open.delete(wait);
          wait.close();
        };
      },
    };
  }

  async #begin(wait: OpenWait, { stage }: LaunchedAttempt, { name }: WaitRequest): Promise<void> {
    if (this.#parts.session.holdsSecret?.(name) === true) {
      throw new MillraceError(
        'SECRET_IN_VALUE',
        `stage ${JSON.stringify(stage.id)} waits for a signal whose name holds a secret, which would be stored`,
        { help: 'name the signal otherwise' },
      );
    }
    this.#loaded ??= this.#load();
    await this.#loaded;
    await wait.begin();
  }

  async #load(): Promise<void> {
    const { store, runId, earlier } = this.#parts.session;
    // A run that begins has waited for nothing yet.
    if (earlier === undefined) return;
    for (const record of await store.loadWaits(runId)) {
      this.#ofStage(record.stage).set(nameOf(record), record);
    }
  }

  #recordsOf({ stage }: LaunchedAttempt): Map<string, WaitRecord> {
    return this.#ofStage(stage.id);
  }

  #ofStage(stage: string): Map<string, WaitRecord> {
    const records = this.#records.get(stage) ?? new Map<string, WaitRecord>();
    this.#records.set(stage, records);
    return records;
  }
}

function nameOf({ kind, name, call }: WaitName): string {
  return `${kind} ${call} ${name}`;
}
