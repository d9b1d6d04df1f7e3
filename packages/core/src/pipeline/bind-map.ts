import { didYouMean } from '../base/nearest-name.ts';
import { DEFAULT_MAP, type MapOptions } from '../definition/map-options.ts';
import type { StageDefinition } from '../definition/pipeline-definition.ts';
import { type Place, placeWithin } from './bind-place.ts';
import type { BoundMap } from './bound-stage.ts';
import type { StageBlueprint } from './stage-blueprint.ts';

/** How a mapped stage goes about its items: what its class says, overridden by the definition. */
export function bindMap(
  definition: StageDefinition,
  blueprint: StageBlueprint,
  place: Place,
): BoundMap | undefined {
  const site: MapSite = { definition, blueprint, place };
  if (blueprint.map === undefined) {
    if (definition.map !== undefined) reportUnused(place);
    return undefined;
  }
  const options: MapOptions = { ...DEFAULT_MAP, ...blueprint.map.options, ...definition.map };
  const { over, into } = options;
  const isNamed = { over: isGiven('over', over, site), into: isGiven('into', into, site) };
  checkName(
    site,
    'over',
    over,
    blueprint.inputs?.map(({ name }) => name),
  );
  checkName(site, 'into', into, blueprint.outputs);
  checkName(site, 'failures', options.failures, blueprint.outputs);
  if (options.failures !== undefined && options.failures === into) reportSame(site, into);
  if (!isNamed.over || !isNamed.into) return undefined;
  const keyOf = definition.map?.key === undefined ? blueprint.map.keyOf : undefined;
  return { ...options, over: over ?? '', into: into ?? '', keyOf };
}

interface MapSite {
  readonly definition: StageDefinition;
  readonly blueprint: StageBlueprint;
  readonly place: Place;
}

type NamedField = 'over' | 'into' | 'failures';

const KINDS = { over: 'input', into: 'output', failures: 'output' } as const;

function isGiven(field: 'over' | 'into', name: string | undefined, { place }: MapSite): boolean {
  if (name !== undefined) return true;
  place.report({
    code: 'MAP_INVALID',
    severity: 'error',
    message: `${place.owner} works item by item, and nothing says ${field === 'over' ? 'over which input' : 'into which output'}`,
    path: place.path,
    expected: `map.${field}: the name of an ${KINDS[field]}`,
    help: `add \`map: { ${field}: ... }\` to the stage, or to the spec of its class`,
  });
  return false;
}

function checkName(
  { definition, place }: MapSite,
  field: NamedField,
  name: string | undefined,
  known: readonly string[] | undefined,
): void {
  if (name === undefined || known === undefined || known.includes(name)) return;
  const kind = KINDS[field];
  const help = didYouMean(name, known);
  const isOwn = definition.map?.[field] !== undefined;
  place.report({
    code: 'MAP_INVALID',
    severity: 'error',
    message: `${place.owner} has no ${kind} ${JSON.stringify(name)}, which ${isOwn ? '' : 'the spec of its class names as '}map.${field}${isOwn ? ' names' : ''}`,
    path: isOwn ? placeWithin(place, 'map', field).path : place.path,
    expected: `one of ${known.join(', ') || 'none'}`,
    ...(help === undefined ? {} : { help }),
  });
}

function reportSame({ definition, place }: MapSite, name: string | undefined): void {
  const isOwn = definition.map?.failures !== undefined;
  place.report({
    code: 'MAP_INVALID',
    severity: 'error',
    message: `${place.owner} puts results and failures into the same output ${JSON.stringify(name)}`,
    path: isOwn ? placeWithin(place, 'map', 'failures').path : place.path,
    help: 'name two outputs, or leave map.failures out',
  });
}

function reportUnused(place: Place): void {
  place.report({
    code: 'MAP_INVALID',
    severity: 'error',
    message: `${place.owner} has \`map\`, and its class does not work item by item`,
    path: placeWithin(place, 'map').path,
    pointsAtKey: true,
    expected: 'a class that extends MappedStage and has a method runItem',
    help: 'take `map` out, or use a class that extends MappedStage',
  });
}
