import { encodeValue, sealValue, viewValue } from '../base/codec/index.ts';
import { formatPath, schemaIssues } from '../base/schema-issues.ts';
import type { FallbackDefinition, StageDefinition } from '../definition/pipeline-definition.ts';
import { bindParams } from './bind-params.ts';
import { type Place, placeWithin } from './bind-place.ts';
import type { BoundFallback } from './bound-stage.ts';
import { secretsWithin } from './hide-secrets.ts';
import type { StageBlueprint } from './stage-blueprint.ts';
import { tryParse } from './try-parse.ts';

type FindBlueprint = (uses: string, place: Place) => StageBlueprint | undefined;

interface StandInContext {
  readonly findBlueprint: FindBlueprint;
  readonly secrets: StageDefinition['secrets'];
}

/** Checks what stands in for a stage; undefined when something was reported. */
export function bindFallback(
  { fallback, secrets }: Pick<StageDefinition, 'fallback' | 'secrets'>,
  blueprint: StageBlueprint,
  place: Place,
  findBlueprint: FindBlueprint,
): BoundFallback | undefined {
  if (fallback === undefined) return undefined;
  return fallback.kind === 'value'
    ? bindOutputs(fallback.outputs, blueprint, place)
    : bindStandIn(fallback, blueprint, place, { findBlueprint, secrets });
}

function bindOutputs(
  given: Readonly<Record<string, unknown>>,
  { spec }: StageBlueprint,
  place: Place,
): BoundFallback | undefined {
  const parsed =
    spec.outputs === undefined
      ? ({ kind: 'parsed', value: given } as const)
      : tryParse(spec.outputs.strict(), given);
  if (parsed.kind === 'threw') return refuse(place, `its schema threw: ${parsed.message}`);
  if (parsed.kind === 'refused') {
    for (const issue of schemaIssues(parsed.error, given, spec.outputs)) {
      place.report({
        code: 'FALLBACK_INVALID',
        severity: 'error',
        message: `${place.owner} is not what the stage returns: ${formatPath(issue.path)}: ${issue.message}`,
        path: [...place.path, ...issue.path],
        pointsAtKey: issue.unknownKey,
        got: issue.got,
        ...(issue.help === undefined ? {} : { help: issue.help }),
      });
    }
    return undefined;
  }
  const sealed = sealValue(parsed.value, 'fallback');
  if (!sealed.ok) return refuse(place, `it cannot be stored: ${sealed.problem.message}`);
  const { hash } = encodeValue(sealed.value);
  return { kind: 'value', outputs: viewValue(sealed.value) as Record<string, unknown>, hash };
}

function bindStandIn(
  fallback: Extract<FallbackDefinition, { kind: 'stage' }>,
  blueprint: StageBlueprint,
  place: Place,
  { findBlueprint, secrets }: StandInContext,
): BoundFallback | undefined {
  const other = findBlueprint(fallback.uses, placeWithin(place, 'uses'));
  if (other === undefined) return undefined;
  const params = bindParams(other.spec.params, fallback.with, placeWithin(place, 'with'), {
    texts: secretsWithin(secrets, 'fallback.'),
    redact: place.redact,
  });
  const faults = standInFaults(blueprint, other);
  for (const fault of faults) refuse(placeWithin(place, 'uses'), fault);
  if (params === undefined || faults.length > 0) return undefined;
  const { uses, code } = fallback;
  return { kind: 'stage', uses, code, blueprint: other, params };
}

/** The stage that stands in gets what the failed one would have got, and must give what it would have given. */
function standInFaults(stage: StageBlueprint, other: StageBlueprint): string[] {
  const faults: string[] = [];
  if (other.map !== undefined) faults.push('it works item by item');
  const readable = stage.inputs?.map(({ name }) => name);
  for (const { name, optional } of other.inputs ?? []) {
    if (!optional && readable?.includes(name) === false)
      faults.push(`it reads ${JSON.stringify(name)}, which the stage itself does not`);
  }
  const { outputs } = other;
  if (stage.outputs === undefined || outputs === undefined) return faults;
  for (const name of outputs.filter((name) => !stage.outputs?.includes(name)))
    faults.push(`it returns ${JSON.stringify(name)}, which the stage itself does not`);
  for (const name of stage.requiredOutputs.filter((name) => !outputs.includes(name)))
    faults.push(`it does not return ${JSON.stringify(name)}`);
  return faults;
}

function refuse({ owner, path, report }: Place, why: string): undefined {
  report({
    code: 'FALLBACK_INVALID',
    severity: 'error',
    message: `${owner} cannot stand in for it: ${why}`,
    path,
  });
  return undefined;
}
