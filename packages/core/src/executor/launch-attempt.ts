import {
  type AttemptOutcome,
  type AttemptRequest,
  lostCheckpointFailure,
} from '../attempt/index.ts';
import type { SealedValue } from '../base/codec/index.ts';
import { MillraceError } from '../base/millrace-error.ts';
import { problem, type Result, success } from '../base/result.ts';
import type { FailureRecord } from '../events/index.ts';
import type { BoundStage } from '../pipeline/index.ts';
import type { RunningAttempt } from '../runner/index.ts';
import { inputValues } from './input-values.ts';
import type { LaunchSite } from './launch-site.ts';
import type { LaunchedAttempt } from './launched-attempt.ts';
import { LaunchedRequest, type SeenValues } from './launched-request.ts';

/** Hands an attempt to the runner with all that it may see. */
export function launchAttempt(
  site: LaunchSite,
  launched: LaunchedAttempt,
  settled: (outcome: AttemptOutcome) => void,
): RunningAttempt {
  const { parts } = site;
  const { stage } = launched;
  const seen = tryGather(site, stage);
  if (!seen.ok) {
    settled({ kind: 'failed', failure: seen.problem });
    return { cancel() {} };
  }
  return parts.runner.start(new LaunchedRequest(site, launched, seen.value), settled);
}

/** Reading may find a kept checkpoint damaged; that is a failure of the reader, as data. */
function tryGather(site: LaunchSite, stage: BoundStage): Result<SeenValues, FailureRecord> {
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
  const wired = parts.pipeline.wiring.inputs.of(index);
  return inputValues(views, index, wired.slice(0, blueprint.inputs.length));
}

const NOTHING_UPDATABLE: ReadonlyMap<string, SealedValue | undefined> = new Map();

function gatherUpdatable(
  { parts, views }: LaunchSite,
  stage: BoundStage,
): AttemptRequest['updatable'] {
  const { updates, inputs } = stage.blueprint;
  if (updates.length === 0) return NOTHING_UPDATABLE;
  const wired = parts.pipeline.wiring.inputs.of(stage.index).slice(inputs?.length ?? 0);
  return new Map(wired.map((input) => [input.name, views.wired(stage.index, input)?.sealed]));
}
