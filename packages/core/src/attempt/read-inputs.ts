import { problem, type Result, success } from '../base/result.ts';
import { formatPath, schemaIssues } from '../base/schema-issues.ts';
import type { z } from '../base/zod.ts';
import type { FailureRecord, ValueIssue } from '../events/index.ts';
import type { AttemptRequest } from './attempt-request.ts';
import { invalidInputFailure, threwFailure } from './failures.ts';

/** Runs the stage's input schema over what its providers wrote. */
export function readInputs(request: AttemptRequest): Result<unknown, FailureRecord> {
  const { inputs, blueprint, stage } = request;
  const schema = blueprint.spec.inputs;
  if (schema === undefined || inputs === undefined) return success(inputs);
  try {
    const parsed = schema.safeParse(inputs);
    if (parsed.success) return success(parsed.data);
    return problem(invalidInputFailure(stage, toValueIssues(parsed.error, inputs)));
  } catch (error) {
    return problem(threwFailure(stage, 'inputs', error));
  }
}

export function toValueIssues(error: z.ZodError, value: unknown): ValueIssue[] {
  return schemaIssues(error, value).map((issue) => ({
    path: formatPath(issue.path),
    message: `${issue.message}, got ${issue.got}`,
  }));
}
