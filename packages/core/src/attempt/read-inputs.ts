import { problem, type Result, success } from '../base/result.ts';
import type { FailureRecord } from '../events/index.ts';
import type { AttemptRequest } from './attempt-request.ts';
import { invalidInputFailure, threwFailure } from './failures.ts';
import { parseKeys } from './parse-keys.ts';

/**
 * Runs the stage's input schema over what its providers wrote; undefined for a stage that declares no
 * inputs. A fallback stage may declare some where the stage that it stands in for declares none.
 */
export function readInputs(
  request: Pick<AttemptRequest, 'inputs' | 'context' | 'blueprint' | 'stage'>,
): Result<unknown, FailureRecord> {
  const { inputs, blueprint, stage } = request;
  const schema = blueprint.spec.inputs;
  if (schema === undefined) return success(inputs);
  try {
    const parsed = parseKeys(schema, inputs ?? request.context.toObject());
    return parsed.ok ? parsed : problem(invalidInputFailure(stage, parsed.problem));
  } catch (error) {
    return problem(threwFailure(stage, 'inputs', error));
  }
}
