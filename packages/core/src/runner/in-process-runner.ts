import type { AttemptOutcome, AttemptRequest } from '../attempt/index.ts';
import { AttemptLife } from './attempt-life.ts';
import type { Runner, RunningAttempt } from './runner.ts';

/** Executes attempts in this process, on its event loop. */
export const inProcessRunner: Runner = {
  start(request: AttemptRequest, settled: (outcome: AttemptOutcome) => void): RunningAttempt {
    const life = new AttemptLife(request, settled);
    life.begin();
    return life;
  },
};
