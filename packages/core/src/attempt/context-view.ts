import { type SealedValue, sealValue, viewValue } from '../base/codec/index.ts';
import type { StageId } from '../base/ids.ts';
import { MillraceError } from '../base/millrace-error.ts';
import { didYouMean } from '../base/nearest-name.ts';
import { applyUpdate, type PipelineContext, type UpdatedKey } from '../context/index.ts';
import { FAILURE_CODES } from '../events/index.ts';
import type { StageContext } from '../stage/index.ts';
import type { ReadLog } from './read-log.ts';

interface ViewRequest {
  readonly stage: StageId;
  readonly context: PipelineContext;
  readonly updatable: ReadonlyMap<string, SealedValue | undefined>;
  readonly reads: ReadLog;
}

/** What one attempt sees of the context, with its own updates on top; they are gone when it fails. */
export class ContextView implements StageContext<never> {
  readonly #stage: StageId;
  readonly #context: PipelineContext;
  readonly #updatable: Map<string, SealedValue | undefined>;
  readonly #reads: ReadLog;
  readonly #updates = new Map<string, UpdatedKey>();

  constructor({ stage, context, updatable, reads }: ViewRequest) {
    this.#stage = stage;
    this.#context = context;
    this.#updatable = new Map(updatable);
    this.#reads = reads;
  }

  /** A key of `updates` goes by the stage's own name for it, every other by its context key. */
  get(key: string): unknown {
    const own = this.#updatable.get(key);
    if (own !== undefined) return viewValue(own);
    this.#reads.key(key);
    return this.#context.get(key);
  }

  has(key: string): boolean {
    if (this.#updatable.get(key) !== undefined) return true;
    this.#reads.key(key);
    return this.#context.has(key);
  }

  keys(): readonly string[] {
    this.#reads.keyList();
    return this.#context.keys();
  }

  update(recipe: (draft: never) => unknown): void {
    const changed = applyUpdate(this.#updatable, recipe);
    if (!changed.ok) {
      if (changed.problem.kind === 'unstorable') {
        throw new MillraceError(
          FAILURE_CODES['unstorable-value'],
          changed.problem.problem.message,
          {
            help: changed.problem.problem.help,
          },
        );
      }
      throw this.#refused(changed.problem.kind, changed.problem.key);
    }
    for (const update of changed.value) this.#record(update);
  }

  /** All updates of the attempt, one per key. */
  get updates(): readonly UpdatedKey[] {
    return [...this.#updates.values()];
  }

  #record(update: UpdatedKey): void {
    const earlier = this.#updates.get(update.key);
    this.#updatable.set(update.key, update.value);
    this.#updates.set(update.key, earlier === undefined ? update : joined(earlier, update));
  }

  #refused(kind: 'undeclared' | 'removed', key: string): MillraceError {
    const declared = [...this.#updatable.keys()];
    const help =
      didYouMean(key, declared) ?? `declared in updates: ${declared.join(', ') || 'none'}`;
    const what = kind === 'removed' ? 'removes' : 'touches';
    return new MillraceError(
      FAILURE_CODES['undeclared-update'],
      `an update of stage ${JSON.stringify(this.#stage)} ${what} ${JSON.stringify(key)}, which it may not; ${help}`,
      {
        details: { stage: this.#stage, key },
        help: 'declare the key in updates, or return it as an output',
      },
    );
  }
}

/** Two updates of one key in a row; patches follow each other, a whole value replaces. */
function joined(earlier: UpdatedKey, later: UpdatedKey): UpdatedKey {
  if (earlier.patches === undefined || later.patches === undefined)
    return { ...later, patches: undefined };
  const patches = [...(earlier.patches.value as unknown[]), ...(later.patches.value as unknown[])];
  const sealed = sealValue(patches, later.key);
  return { ...later, patches: sealed.ok ? sealed.value : undefined };
}
