import { MillraceError } from '../base/millrace-error.ts';
import { DEFAULT_MAP } from '../definition/map-options.ts';
import type { BoundMap, StageBlueprint } from '../pipeline/index.ts';

/**
 * How a mapped stage goes about its items when no definition says so: as its class does. Undefined for a
 * stage that is not mapped.
 * @throws MillraceError MAP_INVALID when the class leaves it to the definition
 */
export function replayMap({ map, stageClass }: StageBlueprint): BoundMap | undefined {
  if (map === undefined) return undefined;
  const { over, into, ...options } = { ...DEFAULT_MAP, ...map.options };
  if (over !== undefined && into !== undefined) {
    return { ...options, over, into, keyOf: map.keyOf };
  }
  throw new MillraceError(
    'MAP_INVALID',
    `class ${JSON.stringify(stageClass.name)} does not say over which input it maps, and into which output`,
    {
      details: { stageClass: stageClass.name },
      help: 'replay it with its config, which says so: --config FILE',
    },
  );
}
