import { ownView } from '../base/own-view.ts';
import type { RunScope } from '../stage/index.ts';

/** The object that a stage's methods get, which it may pass on: `run({ inputs, ...rest })`. */
export const handOutScope = ownView<RunScope<unknown, unknown, never>>([
  'runId',
  'stageId',
  'attempt',
  'params',
  'inputs',
  'context',
  'signal',
  'logger',
  'artifacts',
  'progress',
  'idempotencyKey',
  'waitFor',
  'sleep',
]);
