import { MillraceError } from '../base/millrace-error.ts';
import type { OutcomeScope } from '../stage/index.ts';
import type { AttemptRequest, UndoneOutcome } from './attempt-request.ts';
import type { AttemptScope } from './attempt-scope.ts';
import { readInputs } from './read-inputs.ts';

/** The object that `undo` gets. Inputs are read when they are asked for: most stages need their outputs only. */
export function handOutOutcome(
  scope: AttemptScope,
  request: AttemptRequest,
  undone: UndoneOutcome,
): OutcomeScope<unknown, unknown, unknown> {
  let read: { readonly inputs: unknown } | undefined;
  return {
    runId: scope.runId,
    stageId: scope.stageId,
    attempt: scope.attempt,
    params: scope.params,
    outputs: undone.outputs,
    get inputs() {
      read ??= { inputs: inputsOf(scope, request, undone) };
      return read.inputs;
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
  };
}

function inputsOf(scope: AttemptScope, request: AttemptRequest, undone: UndoneOutcome): unknown {
  const inputs = undone.inputs();
  if (inputs === undefined) return scope.inputs;
  const { stage, blueprint, context } = request;
  const parsed = readInputs({ stage, blueprint, context, inputs });
  if (parsed.ok) return parsed.value;
  const { code, message } = parsed.problem;
  throw new MillraceError(code, message, { details: { stage } });
}
