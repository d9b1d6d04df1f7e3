import type { Diagnostic } from '../base/diagnostic.ts';
import { didYouMean } from '../base/nearest-name.ts';
import { type LimitDefinition, type LimitUse, largestCost } from '../definition/index.ts';
import type { BoundStage } from './bound-stage.ts';

interface CheckLimitsRequest {
  readonly limits: readonly LimitDefinition[];
  readonly stages: readonly (BoundStage | undefined)[];
  readonly report: (diagnostic: Diagnostic) => void;
}

/** Every limit that a stage names must be there, and have room for one attempt. */
export function checkLimits({ limits, stages, report }: CheckLimitsRequest): void {
  const known = new Map(limits.map((limit) => [limit.name, limit]));
  for (const stage of stages) {
    for (const use of stage?.options.limits ?? []) {
      if (stage === undefined) continue;
      const limit = known.get(use.name);
      if (limit === undefined) report(unknownLimit(stage, use, [...known.keys()]));
      else if (use.cost > (largestCost(limit) ?? use.cost)) report(costTooHigh(stage, use, limit));
    }
  }
}

/** A class may come from people who know nothing of this pipeline. */
function isOfClass({ definition }: BoundStage): boolean {
  return definition.options.limits === undefined;
}

function pathOf(stage: BoundStage): Pick<Diagnostic, 'path'> {
  const path = ['stages', stage.id];
  return { path: isOfClass(stage) ? path : [...path, 'limits'] };
}

function unknownLimit(stage: BoundStage, { name }: LimitUse, known: readonly string[]): Diagnostic {
  const owner = `stage ${JSON.stringify(stage.id)}`;
  const says = isOfClass(stage) ? `the class of ${owner}` : owner;
  return {
    code: 'LIMIT_UNKNOWN',
    severity: isOfClass(stage) ? 'warning' : 'error',
    message: `${says} names the limit ${JSON.stringify(name)}, which the pipeline does not have`,
    ...pathOf(stage),
    expected: `one of ${known.join(', ') || 'none'}`,
    help:
      didYouMean(name, known) ??
      `add it to the pipeline: limits: { ${name}: { concurrency: 3 } }; or give the stage limits: []`,
  };
}

function costTooHigh(
  stage: BoundStage,
  { name, cost }: LimitUse,
  limit: LimitDefinition,
): Diagnostic {
  const most = largestCost(limit);
  return {
    code: 'LIMIT_COST_TOO_HIGH',
    severity: 'error',
    message: `stage ${JSON.stringify(stage.id)} takes ${cost} of the limit ${JSON.stringify(name)}, which never has more than ${most}`,
    ...pathOf(stage),
    got: `${cost}`,
    expected: `at most ${most}`,
    help: 'take less, or raise concurrency and rate.calls of the limit',
  };
}
