import type {
  AttemptRequest,
  AttemptServices,
  MappedAttempt,
  WaitDesk,
  WorkItem,
} from '../attempt/index.ts';
import type { Clock } from '../base/clock.ts';
import type { RunId, StageId } from '../base/ids.ts';
import type { Logger } from '../base/logger.ts';
import type { PipelineContext } from '../context/index.ts';
import type { BoundStage, StageBlueprint } from '../pipeline/index.ts';
import type { Artifacts, ProgressReport } from '../stage/index.ts';
import { idempotencyKeyOf } from './idempotency-key.ts';
import type { LaunchSite } from './launch-site.ts';
import type { LaunchedAttempt } from './launched-attempt.ts';
import { ProgressWriter } from './progress-writer.ts';
import { sharedInputs } from './shared-inputs.ts';
import { StoredItems } from './stored-items.ts';

/** What the stage reads by its declarations. */
export type SeenValues = Pick<AttemptRequest, 'inputs' | 'updatable'>;

/** An attempt as its runner sees it. Most stages ask for little of it, so that each part is made when it is asked for. */
export class LaunchedRequest implements AttemptRequest, AttemptServices {
  readonly inputs: AttemptRequest['inputs'];
  readonly updatable: AttemptRequest['updatable'];
  readonly mapped: MappedAttempt | undefined;
  readonly #site: LaunchSite;
  readonly #launched: LaunchedAttempt;
  #context: PipelineContext | undefined;
  #progress: ProgressWriter | undefined;

  constructor(site: LaunchSite, launched: LaunchedAttempt, { inputs, updatable }: SeenValues) {
    this.#site = site;
    this.#launched = launched;
    this.inputs = inputs;
    this.updatable = updatable;
    this.mapped = launched.stage.map === undefined ? undefined : this.#toMapped(launched.stage.map);
  }

  get runId(): RunId {
    return this.#site.parts.runId;
  }

  get stage(): StageId {
    return this.#launched.stage.id;
  }

  get attempt(): number {
    return this.#launched.attempt;
  }

  get blueprint(): StageBlueprint {
    return this.#executed.blueprint;
  }

  get params(): unknown {
    return this.#executed.params.value;
  }

  get context(): PipelineContext {
    this.#context ??= this.#site.views.ofStage(this.#launched.index);
    return this.#context;
  }

  get timeoutMs(): number | undefined {
    return this.#launched.stage.options.timeoutMs;
  }

  get graceMs(): number {
    return this.#launched.stage.options.graceMs;
  }

  get services(): AttemptServices {
    return this;
  }

  get clock(): Clock {
    return this.#site.parts.clock;
  }

  get artifacts(): Artifacts {
    return this.#site.parts.artifacts;
  }

  get waits(): WaitDesk {
    return this.#site.waits.deskOf(this.#launched);
  }

  logger(): Logger {
    const { runId, stage, attempt } = this;
    return this.#site.parts.logger.child({ runId, stage, attempt });
  }

  progress(report: ProgressReport): void {
    this.#progress ??= new ProgressWriter(this.#site, this.#launched);
    this.#progress.write(report);
  }

  random(): number {
    return this.#site.parts.random();
  }

  idempotencyKey(item?: WorkItem): string {
    const { parts, reader } = this.#site;
    const { stage, basis: start } = this.#launched;
    const undone = parts.undone.get(stage.id) ?? 0;
    const whole = item === undefined ? { ...stage, map: undefined } : stage;
    const inputs = sharedInputs({ stage: whole, start, reader });
    const { files } = start;
    return idempotencyKeyOf({ runId: parts.runId, stage, inputs, files, undone }, item);
  }

  /** The stage itself, or what stands in for it. */
  get #executed(): Pick<BoundStage, 'blueprint' | 'params'> {
    const { stage, standsInFor } = this.#launched;
    const { fallback } = stage;
    return standsInFor !== undefined && fallback?.kind === 'stage' ? fallback : stage;
  }

  /** What stands in for a mapped stage does its work as a whole. */
  #toMapped(map: MappedAttempt['map']): MappedAttempt | undefined {
    const { parts: session, commits, reader, items } = this.#site;
    const launched = this.#launched;
    if (this.#executed !== launched.stage) return undefined;
    const ledger = new StoredItems({ session, commits, reader, launched });
    return { map, ledger, gate: items.gateOf(launched) };
  }
}
