import { INITIAL_WRITER } from '../context/index.ts';
import type { CancelMode, RunStatus } from '../events/index.ts';
import { recordedContext } from './recorded-context.ts';
import type { SessionKit } from './session-kit.ts';
import type { SessionParts } from './session-parts.ts';
import { StageUndos, type UndoHost } from './stage-undos.ts';
import { undoableStages } from './undoable-stages.ts';

type EndingStatus = 'failed' | 'cancelled';

/** Whether a run that ends so is to take back what it did. */
export function isToBeUndone(
  { options, pipeline }: Pick<SessionParts, 'options' | 'pipeline'>,
  status: RunStatus,
): status is EndingStatus {
  if (options.onFailure !== 'undo' || (status !== 'failed' && status !== 'cancelled')) return false;
  return pipeline.stages.some(({ blueprint }) => blueprint.hasUndo);
}

/** Takes back what a run has done, before its session ends. */
export class UndoAtEnd {
  readonly #parts: SessionParts;
  readonly #kit: SessionKit;
  readonly #host: Omit<UndoHost, 'undone' | 'failed'>;
  #undos: StageUndos | undefined;
  #isCancelled = false;

  constructor(parts: SessionParts, kit: SessionKit, host: Omit<UndoHost, 'undone' | 'failed'>) {
    this.#parts = parts;
    this.#kit = kit;
    this.#host = host;
  }

  get active(): number {
    return this.#undos?.active ?? 0;
  }

  /** All that the session had to write of its stages is written. */
  begin(because: EndingStatus): void {
    this.#load(because).catch((error: unknown) => this.#host.breakOff(error));
  }

  cancel(mode: CancelMode): void {
    this.#isCancelled = true;
    this.#undos?.cancel(mode);
  }

  /** The store tells best what stands: a stage that this session did not come to may have an older outcome. */
  async #load(because: EndingStatus): Promise<void> {
    const { store, runId, pipeline, layers, clock, options } = this.#parts;
    const { commits, outcomes, state } = this.#kit;
    const loaded = await store.loadStages(runId);
    if (this.#host.reportIfBroken()) return;
    const records = new Map(loaded.map((record) => [record.stage as string, record]));
    const targets = undoableStages(pipeline, records);
    if (targets.size === 0 || this.#isCancelled) return this.#host.ended();
    const initial = [...layers.initialKeys()].flatMap(
      (key) => layers.cell(INITIAL_WRITER, key) ?? [],
    );
    const context = recordedContext({ store, pipeline, initial, records });
    const { concurrency } = options;
    const site = { session: this.#parts, concurrency, commits, context, targets };
    this.#undos = new StageUndos(site, {
      ...this.#host,
      undone: (index, record) => {
        state.undo(index);
        outcomes.set(index, record);
        layers.remove(index);
      },
      failed: (index, failure) => outcomes.undoFailed(index, failure),
    });
    const { name } = pipeline;
    const event = { type: 'run.undoing', at: clock.now(), pipeline: name, because } as const;
    // On record before anything is taken back.
    const written = (): void => this.#undos?.begin();
    commits.add({ event: { ...event, stages: targets.size }, written }, false);
    commits.flush();
  }
}
