import type { StageRecord } from '../checkpoint/index.ts';
import type { CancelMode, FailureRecord, RunStatus } from '../events/index.ts';
import { commitEnd } from './commit-end.ts';
import { CommitQueue } from './commit-queue.ts';
import type { HeartBeat } from './heart-beat.ts';
import type { StageSummary } from './run-result.ts';
import type { EarlierSessions, SessionParts } from './session-parts.ts';
import { stageSummary } from './stage-summary.ts';
import { StageUndos } from './stage-undos.ts';
import { statusAfterUndo } from './status-after-undo.ts';
import type { UndoSite } from './undo-site.ts';

interface UndoSessionParts
  extends Pick<SessionParts, 'announce' | 'finished' | 'brokenOff'>,
    Pick<UndoSite, 'context' | 'targets' | 'concurrency'> {
  readonly session: UndoSite['session'];
  readonly heart: HeartBeat;
  readonly durability: SessionParts['options']['durability'];
  readonly records: ReadonlyMap<string, StageRecord>;
  /** What the run was before it was claimed. */
  readonly before: RunStatus;
  readonly earlier: Pick<EarlierSessions, 'durationMs' | 'lastSeq' | 'lost'>;
}

/** A session of a run that runs nothing, and takes back what earlier ones did. */
export class UndoSession {
  readonly #parts: UndoSessionParts;
  readonly #commits: CommitQueue;
  readonly #undos: StageUndos;
  readonly #records: Map<string, StageRecord>;
  readonly #failures = new Map<string, FailureRecord>();
  readonly #beganMs: number;
  #begun = false;
  #ended = false;
  #earlyCancel: CancelMode | undefined;
  #broken: { readonly error: unknown } | undefined;

  constructor(parts: UndoSessionParts) {
    const { session, heart, context } = parts;
    this.#parts = parts;
    this.#beganMs = session.clock.monotonic();
    this.#records = new Map(parts.records);
    this.#commits = new CommitQueue({
      store: session.store,
      lease: session.lease,
      durability: parts.durability,
      lastSeq: parts.earlier.lastSeq,
      announce: parts.announce,
      committed: heart.noteCommit,
      failed: (error) => this.#breakOff(error),
    });
    heart.attend((error) => this.#breakOff(error));
    this.#undos = new StageUndos(
      { ...parts, commits: this.#commits },
      {
        undone: (index, record) => {
          this.#records.set(record.stage, record);
          context.layers.remove(index);
        },
        failed: (index, failure) =>
          void this.#failures.set(session.pipeline.graph.ids[index] ?? '', failure),
        reportIfBroken: () => this.#reportIfBroken(),
        breakOff: (error) => this.#breakOff(error),
        ended: () => this.#finish(),
      },
    );
  }

  begin(): void {
    const { session, targets, earlier } = this.#parts;
    const at = session.clock.now();
    for (const attempt of earlier.lost) {
      this.#commits.note({ attempt: { ...attempt, status: 'lost', finishedAt: at } });
    }
    const { name } = session.pipeline;
    const event = { type: 'run.undoing', at, pipeline: name, because: 'asked' } as const;
    // On record before anything is taken back.
    const written = (): void => this.#start();
    this.#commits.add({ event: { ...event, stages: targets.size }, written }, false);
    this.#commits.flush();
  }

  #start(): void {
    this.#begun = true;
    if (this.#earlyCancel === undefined) this.#undos.begin();
    else this.cancel(this.#earlyCancel);
  }

  cancel(mode: CancelMode): void {
    if (!this.#begun) {
      // A kill stays one.
      if (this.#earlyCancel !== 'kill') this.#earlyCancel = mode;
      return;
    }
    if (this.#ended) return;
    const at = this.#parts.session.clock.now();
    const running = this.#undos.active;
    this.#commits.note({ event: { type: 'run.cancelling', at, mode, running } });
    this.#undos.cancel(mode);
  }

  #finish(): void {
    if (this.#ended || this.#reportIfBroken()) return;
    this.#ended = true;
    const { session, heart, earlier, before, context, finished } = this.#parts;
    heart.stop();
    const durationMs = earlier.durationMs + session.clock.monotonic() - this.#beganMs;
    const status = statusAfterUndo(session.pipeline, this.#records, before);
    const finishedAt = session.clock.now();
    const stages = (): readonly StageSummary[] => this.#summaries();
    const end = { status, durationMs, finishedAt, context: context.views.ofRun(), stages };
    commitEnd(this.#commits, end, finished);
  }

  #summaries(): readonly StageSummary[] {
    return this.#parts.session.pipeline.stages.map(({ id }) => {
      const record = this.#records.get(id);
      const isKept = record?.status === 'succeeded';
      return stageSummary({
        id,
        status: isKept ? 'reused' : (record?.status ?? 'pending'),
        attempt: record?.attempt ?? 0,
        durationMs: record?.durationMs ?? 0,
        record,
        undoFailure: this.#failures.get(id),
      });
    });
  }

  /** The run cannot be recorded any more: what is being undone is aborted, and its teardown waited for. */
  #breakOff(error: unknown): void {
    if (this.#broken !== undefined) return;
    this.#broken = { error };
    this.#parts.heart.stop();
    this.#undos.cancel('kill');
    this.#reportIfBroken();
  }

  #reportIfBroken(): boolean {
    if (this.#broken === undefined) return false;
    if (this.#undos.active === 0) this.#parts.brokenOff(this.#broken.error);
    return true;
  }
}
