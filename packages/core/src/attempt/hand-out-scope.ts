import type { RunScope } from '../stage/index.ts';
import type { AttemptScope } from './attempt-scope.ts';

/**
 * The object that a stage's methods get. Its properties are its own and enumerable, so that a stage
 * may pass them on: `run({ inputs, ...rest })`.
 */
export function handOutScope(scope: AttemptScope): RunScope<unknown, unknown, never> {
  return {
    runId: scope.runId,
    stageId: scope.stageId,
    attempt: scope.attempt,
    params: scope.params,
    get inputs() {
      return scope.inputs;
    },
    get context() {
      return scope.context;
    },
    get signal() {
      return scope.signal;
    },
    get logger() {
      return scope.logger;
    },
    get artifacts() {
      return scope.artifacts;
    },
    get progress() {
      return scope.progress;
    },
    get idempotencyKey() {
      return scope.idempotencyKey;
    },
    get waitFor() {
      return scope.waitFor;
    },
    get sleep() {
      return scope.sleep;
    },
  };
}
