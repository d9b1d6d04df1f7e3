import {
  type AttemptOutcome,
  type AttemptRequest,
  lostCheckpointFailure,
  type MappedAttempt,
} from '../attempt/index.ts';
import type { SealedValue } from '../base/codec/index.ts';
import { MillraceError } from '../base/millrace-error.ts';
import { problem, type Result, success } from '../base/result.ts';
import type { FailureRecord } from '../events/index.ts';
import type { BoundStage } from '../pipeline/index.ts';
import type { RunningAttempt } from '../runner/index.ts';
import type { ProgressReport } from '../stage/index.ts';
import type { BasisReader } from './basis-reader.ts';
import type { CommitQueue } from './commit-queue.ts';
import { idempotencyKeyOf } from './idempotency-key.ts';
import { inputValues } from './input-values.ts';
import type { LaunchedAttempt } from './launched-attempt.ts';
import type { LimitedItems } from './limited-items.ts';
import type { SessionParts } from './session-parts.ts';
import { sharedInputs } from './shared-inputs.ts';
import type { StageViews } from './stage-views.ts';
import type { StageWaits } from './stage-waits.ts';
import { StoredItems } from './stored-items.ts';

/** Progress of one stage is written no more often. */
const PROGRESS_EVERY_MS = 100;

export interface LaunchSite {
  readonly parts: SessionParts;
  readonly views: StageViews;
  readonly commits: CommitQueue;
  readonly reader: BasisReader;
  readonly waits: StageWaits;
  readonly items: LimitedItems;
}

/** Hands an attempt to the runner with all that it may see. */
export function launchAttempt(
  site: LaunchSite,
  launched: LaunchedAttempt,
  settled: (outcome: AttemptOutcome) => void,
): RunningAttempt {
  const { parts } = site;
  const { stage, index, attempt, standsInFor } = launched;
  const { fallback } = stage;
  const seen = tryGather(site, stage);
  if (!seen.ok) {
    settled({ kind: 'failed', failure: seen.problem });
    return { cancel() {} };
  }
  const substitute = standsInFor !== undefined && fallback?.kind === 'stage' ? fallback : undefined;
  const request: AttemptRequest = {
    runId: parts.runId,
    stage: stage.id,
    attempt,
    blueprint: substitute?.blueprint ?? stage.blueprint,
    params: (substitute ?? stage).params.value,
    context: site.views.ofStage(index),
    ...seen.value,
    mapped: substitute === undefined ? mappedAttempt(site, launched) : undefined,
    timeoutMs: stage.options.timeoutMs,
    graceMs: stage.options.graceMs,
    services: {
      clock: parts.clock,
      artifacts: parts.artifacts,
      logger: () => parts.logger.child({ runId: parts.runId, stage: stage.id, attempt }),
      progress: progressWriter(site, launched),
      random: parts.random,
      idempotencyKey: idempotencyKeys(site, launched),
      waits: site.waits.deskOf(launched),
    },
  };
  return parts.runner.start(request, settled);
}

function mappedAttempt(
  { parts, commits, reader, items }: LaunchSite,
  launched: LaunchedAttempt,
): MappedAttempt | undefined {
  const { map } = launched.stage;
  if (map === undefined) return undefined;
  const ledger = new StoredItems({ session: parts, commits, reader, launched });
  return { map, ledger, gate: items.gateOf(launched) };
}

/** Worked out when it is asked for: most stages never do. */
function idempotencyKeys(
  { parts, reader }: LaunchSite,
  { stage, basis: start }: LaunchedAttempt,
): AttemptRequest['services']['idempotencyKey'] {
  const { runId } = parts;
  const { files } = start;
  const undone = parts.undone.get(stage.id) ?? 0;
  return (item) => {
    const whole = item === undefined ? { ...stage, map: undefined } : stage;
    const inputs = sharedInputs({ stage: whole, start, reader });
    return idempotencyKeyOf({ runId, stage, inputs, files, undone }, item);
  };
}

type Seen = Pick<AttemptRequest, 'inputs' | 'updatable'>;

/** Reading may find a kept checkpoint damaged; that is a failure of the reader, as data. */
function tryGather(site: LaunchSite, stage: BoundStage): Result<Seen, FailureRecord> {
  try {
    return success({ inputs: gatherInputs(site, stage), updatable: gatherUpdatable(site, stage) });
  } catch (error) {
    if (!(error instanceof MillraceError)) throw error;
    return problem(lostCheckpointFailure(stage.id, error));
  }
}

function gatherInputs(
  { parts, views }: LaunchSite,
  { blueprint, index }: BoundStage,
): Readonly<Record<string, unknown>> | undefined {
  if (blueprint.inputs === undefined) return undefined;
  const wired = parts.pipeline.wiring.inputs[index] ?? [];
  return inputValues(views, index, wired.slice(0, blueprint.inputs.length));
}

const NOTHING_UPDATABLE: ReadonlyMap<string, SealedValue | undefined> = new Map();

function gatherUpdatable(
  { parts, views }: LaunchSite,
  stage: BoundStage,
): AttemptRequest['updatable'] {
  const { updates, inputs } = stage.blueprint;
  if (updates.length === 0) return NOTHING_UPDATABLE;
  const wired = parts.pipeline.wiring.inputs[stage.index]?.slice(inputs?.length ?? 0) ?? [];
  return new Map(wired.map((input) => [input.name, views.wired(stage.index, input)?.sealed]));
}

function progressWriter(
  { parts, commits }: LaunchSite,
  { stage, attempt }: LaunchedAttempt,
): (report: ProgressReport) => void {
  let notBeforeMs = Number.NEGATIVE_INFINITY;
  let isFull = false;
  return (report) => {
    const nowMs = parts.clock.monotonic();
    const { fraction, message } = normalise(report);
    // The end is always told, but once.
    if (nowMs < notBeforeMs && (fraction !== 1 || isFull)) return;
    isFull = fraction === 1;
    notBeforeMs = nowMs + PROGRESS_EVERY_MS;
    commits.note({
      event: {
        type: 'stage.progress',
        at: parts.clock.now(),
        stage: stage.id,
        attempt,
        ...(fraction === undefined ? {} : { fraction }),
        ...(message === undefined ? {} : { message: parts.redact(message) }),
      },
    });
  };
}

function normalise(report: ProgressReport): {
  fraction: number | undefined;
  message: string | undefined;
} {
  if (typeof report === 'number') return { fraction: toFraction(report), message: undefined };
  const { done, total, message } = report;
  return {
    fraction: total === undefined ? undefined : toFraction(done / total),
    message: message ?? (total === undefined ? `${done}` : `${done} of ${total}`),
  };
}

function toFraction(share: number): number | undefined {
  return Number.isNaN(share) ? undefined : Math.min(1, Math.max(0, share));
}
