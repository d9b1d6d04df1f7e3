import type { AttemptOutcome, AttemptRequest } from '../../attempt/index.ts';
import { asRunId, asStageId } from '../../base/ids.ts';
import { silentLogger } from '../../base/logger.ts';
import { VirtualClock } from '../../base/virtual-clock.ts';
import { PipelineContext } from '../../context/index.ts';
import { blueprintOf } from '../../pipeline/index.ts';
import type { ProgressReport } from '../../stage/index.ts';
import { inProcessRunner } from '../in-process-runner.ts';
import type { RunningAttempt } from '../runner.ts';
import { type StageParts, stageOf } from './stage-of.ts';

/** Its time can pass without a timer firing, as it does while a stage blocks the event loop. */
export class BlockableClock extends VirtualClock {
  #blockedMs = 0;

  block(ms: number): void {
    this.#blockedMs += ms;
  }

  override monotonic(): number {
    return super.monotonic() + this.#blockedMs;
  }
}

export interface StartedAttempt {
  readonly clock: VirtualClock;
  readonly running: RunningAttempt;
  /** Every outcome that was given; a sound runner gives one. */
  readonly outcomes: AttemptOutcome[];
  readonly reports: ProgressReport[];
}

type Limits = Partial<Pick<AttemptRequest, 'timeoutMs' | 'graceMs' | 'inputs'>> & {
  readonly clock?: VirtualClock;
};

/** Runs one attempt of a stage made from functions, on a clock of its own. */
export function attemptOf(
  parts: StageParts | StageParts['run'],
  { clock = new VirtualClock(), ...limits }: Limits = {},
): StartedAttempt {
  const outcomes: AttemptOutcome[] = [];
  const reports: ProgressReport[] = [];
  const request: AttemptRequest = {
    runId: asRunId('run'),
    stage: asStageId('odd'),
    attempt: 1,
    blueprint: blueprintOf(stageOf(parts)),
    params: {},
    inputs: undefined,
    context: new PipelineContext({ find: () => undefined, keys: () => [] }),
    updatable: new Map(),
    mapped: undefined,
    timeoutMs: undefined,
    graceMs: 100,
    ...limits,
    services: {
      clock,
      artifacts: {
        write: () => Promise.reject(new RangeError('no store')),
        read: () => Promise.reject(new RangeError('no store')),
      },
      logger: () => silentLogger,
      progress: (report) => void reports.push(report),
      random: () => 0,
      idempotencyKey: () => 'key',
    },
  };
  const running = inProcessRunner.start(request, (outcome) => void outcomes.push(outcome));
  return { clock, running, outcomes, reports };
}

/** The failure of the one outcome that was given. */
export function failureOf({ outcomes }: StartedAttempt): Record<string, unknown> {
  const [outcome, ...more] = outcomes;
  if (outcome === undefined || more.length > 0) return { outcomes: outcomes.length };
  return outcome.kind === 'succeeded' ? { kind: outcome.kind } : { ...outcome.failure };
}
