import {
  type AttemptOutcome,
  type AttemptRequest,
  type MappedAttempt,
  secretValueFailure,
} from '../attempt/index.ts';
import { type Clock, systemClock } from '../base/clock.ts';
import { encodeValue } from '../base/codec/index.ts';
import { asRunId, asStageId } from '../base/ids.ts';
import { type Logger, silentLogger } from '../base/logger.ts';
import { MemoryStore } from '../checkpoint/index.ts';
import type { FailureRecord } from '../events/index.ts';
import { artifactsIn } from '../executor/artifact-shelf.ts';
import { encodedSecret, type HoldsSecret } from '../executor/holds-secret.ts';
import { uuidOf } from '../executor/idempotency-key.ts';
import { type Redact, redactOutcome } from '../executor/redact-outcome.ts';
import { type BoundMap, blueprintOf, type StageBlueprint } from '../pipeline/index.ts';
import { inProcessRunner, type Runner } from '../runner/index.ts';
import type { ProgressReport, StageClass } from '../stage/index.ts';
import type { Capsule } from './capsule.ts';
import { compareOutputs, type ReplayedOutput } from './compare-outputs.ts';
import { replayInputs } from './replay-inputs.ts';
import { replayMap } from './replay-map.ts';
import {
  capsuleParams,
  type ParamChange,
  type ReplayParams,
  replayParams,
} from './replay-params.ts';
import { type ReplayVerdict, verdictOf } from './replay-verdict.ts';
import { withoutLedger } from './without-ledger.ts';

export interface ReplayOptions {
  /** Instead of those of the capsule, which name secrets instead of holding them. */
  readonly params?: ReplayParams | undefined;
  /** Over the params, before the stage's schema reads them. */
  readonly paramChanges?: readonly ParamChange[] | undefined;
  /** Over the inputs, by the stage's own names. */
  readonly inputs?: Readonly<Record<string, unknown>> | undefined;
  /** How a mapped stage goes about its items. Default: as its class says. */
  readonly map?: BoundMap | undefined;
  /** Milliseconds; null is none. Default: that of the capsule. */
  readonly timeoutMs?: number | null | undefined;
  /** Aborts the attempt, like a cancel of its run. */
  readonly signal?: AbortSignal | undefined;
  readonly runner?: Runner | undefined;
  readonly clock?: Clock | undefined;
  readonly logger?: Logger | undefined;
  readonly onProgress?: ((report: ProgressReport) => void) | undefined;
  /** Takes secrets out of failures. Default: nothing. */
  readonly redact?: Redact | undefined;
  /** An output that holds one fails the stage, as in a run. Default: none does. */
  readonly holdsSecret?: HoldsSecret | undefined;
  /** So many places of an output that differs are given back. Default 100. */
  readonly mostChanges?: number | undefined;
}

/** How a replay ended, beside what was recorded. */
export interface Replay {
  readonly outcome: AttemptOutcome['kind'];
  readonly verdict: ReplayVerdict;
  readonly failure?: FailureRecord;
  readonly teardownFailure?: FailureRecord;
  readonly durationMs: number;
  /** Empty unless it succeeded, now and then. */
  readonly outputs: readonly ReplayedOutput[];
}

const DEFAULT_MOST_CHANGES = 100;

/**
 * Tries the attempt of a capsule once more: set-up, run and teardown, with what it was given then, by the class
 * as it is now. No store is read or written; artifacts that the stage writes are gone afterwards.
 * @throws MillraceError CAPSULE_INPUT_MISSING, CAPSULE_INVALID, INPUT_UNKNOWN, PARAMS_INVALID,
 * STAGE_SPEC_INVALID, VALUE_UNSTORABLE: nothing was executed then
 */
export async function replayCapsule(
  capsule: Capsule,
  stageClass: StageClass,
  options: ReplayOptions = {},
): Promise<Replay> {
  const { clock = systemClock, redact = (text) => text } = options;
  const request = requestOf(capsule, stageClass, { ...options, clock });
  const startedMs = clock.monotonic();
  const ended = refuseSecrets(await attempted(request, options), request, options);
  const outcome = redactOutcome(ended, redact);
  const { teardownFailure } = outcome;
  const outputs =
    outcome.kind === 'succeeded' && capsule.head.status === 'succeeded'
      ? compareOutputs(capsule, outcome, options.mostChanges ?? DEFAULT_MOST_CHANGES)
      : [];
  return {
    outcome: outcome.kind,
    verdict: verdictOf(capsule.head, outcome, outputs),
    ...(outcome.kind === 'succeeded' ? {} : { failure: outcome.failure }),
    ...(teardownFailure === undefined ? {} : { teardownFailure }),
    durationMs: clock.monotonic() - startedMs,
    outputs,
  };
}

function requestOf(
  capsule: Capsule,
  stageClass: StageClass,
  options: ReplayOptions & { readonly clock: Clock },
): AttemptRequest {
  const { head } = capsule;
  const { clock, logger = silentLogger, paramChanges = [], inputs = {}, timeoutMs } = options;
  const blueprint = blueprintOf(stageClass);
  const { value: recorded, isAsRead } = options.params ?? capsuleParams(capsule);
  const { params: schema } = blueprint.spec;
  const { stage } = head;
  const limitMs = timeoutMs === null ? undefined : (timeoutMs ?? head.options.timeoutMs);
  return {
    runId: asRunId(head.runId),
    stage: asStageId(stage),
    attempt: head.attempt,
    blueprint,
    params: replayParams({ stage, schema, recorded, isAsRead, changes: paramChanges }),
    ...replayInputs(capsule, blueprint, inputs),
    mapped: mappedOf(blueprint, options),
    timeoutMs: limitMs,
    graceMs: head.options.graceMs,
    services: {
      clock,
      artifacts: artifactsIn(shelfOf(capsule), options.holdsSecret),
      logger: () => logger.child({ runId: head.runId, stage: head.stage, attempt: head.attempt }),
      progress: (report) => options.onProgress?.(report),
      random: Math.random,
      // No effect of a replay may pass for one of its run.
      idempotencyKey: (item) => uuidOf(['replay', head.runId, head.stage, item ?? null]),
    },
  };
}

function mappedOf(
  blueprint: StageBlueprint,
  { map = replayMap(blueprint), redact = (text) => text }: ReplayOptions,
): MappedAttempt | undefined {
  return map && { map, ledger: withoutLedger(redact) };
}

/** Holds what the stage may read, and what it writes until the replay ends. */
function shelfOf({ head, values }: Capsule): MemoryStore {
  const shelf = new MemoryStore();
  for (const { artifact } of head.artifacts) {
    const content = values.get(artifact);
    if (content !== undefined) shelf.saveValue(content);
  }
  return shelf;
}

function attempted(
  request: AttemptRequest,
  { runner = inProcessRunner, signal }: ReplayOptions,
): Promise<AttemptOutcome> {
  return new Promise((resolve) => {
    let stop = (): void => {};
    const running = runner.start(request, (outcome) => {
      stop();
      resolve(outcome);
    });
    const cancel = (): void => running.cancel();
    stop = () => signal?.removeEventListener('abort', cancel);
    signal?.addEventListener('abort', cancel, { once: true });
    if (signal?.aborted === true) cancel();
  });
}

/** As the executor does before it stores what a stage wrote. */
function refuseSecrets(
  outcome: AttemptOutcome,
  { stage }: AttemptRequest,
  { holdsSecret }: ReplayOptions,
): AttemptOutcome {
  if (outcome.kind !== 'succeeded' || holdsSecret === undefined) return outcome;
  const written = [
    ...outcome.outputs,
    ...outcome.updates.map(({ key, value }) => ({ name: key, value })),
  ];
  const leak = written.find(
    ({ name, value }) => holdsSecret(name) || encodedSecret(encodeValue(value), holdsSecret),
  );
  if (leak === undefined) return outcome;
  const { teardownFailure } = outcome;
  return {
    kind: 'failed',
    failure: secretValueFailure(stage, leak.name),
    ...(teardownFailure === undefined ? {} : { teardownFailure }),
  };
}
