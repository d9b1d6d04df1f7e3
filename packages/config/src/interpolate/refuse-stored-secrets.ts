import { formatPath, type PathSegment } from '@millrace/core';
import type { Problem, Problems } from '../source/problems.ts';
import { type ConfigNode, childOf, type MapNode } from '../tree/config-node.ts';
import type { SecretPlace } from './secret-places.ts';

/**
 * Refuses secrets where they would be stored in clear. Params of stages are recorded with their
 * placeholders instead, and the store's own address is not recorded with a password.
 * @returns the values that were refused: what is wrong with them beyond that is a mere consequence
 */
export function refuseStoredSecrets(
  places: Iterable<SecretPlace>,
  pipeline: MapNode,
  problems: Problems,
): ReadonlySet<ConfigNode> {
  const refused = new Set<ConfigNode>();
  for (const place of places) {
    const kind = kindOf(place.path, pipeline);
    if (kind === 'allowed') continue;
    problems.report(misplaced(place, kind));
    refused.add(place.node);
  }
  return refused;
}

type PlaceKind = 'allowed' | 'value' | 'name';

function kindOf(path: readonly PathSegment[], pipeline: MapNode): PlaceKind {
  const [section, id, field, part] = path;
  if (section === 'store' || section === 'params') return 'allowed';
  if (section === 'context') return 'value';
  if (section !== 'stages') return 'name';
  if (field === 'with') return 'allowed';
  if (field !== 'fallback') return 'name';
  const fallback = childOf(childOf(childOf(pipeline, 'stages'), String(id)), 'fallback');
  const uses = childOf(fallback, 'uses');
  const isStage = uses?.kind === 'scalar' && typeof uses.value === 'string';
  if (!isStage) return 'value';
  return part === 'with' ? 'allowed' : 'name';
}

function misplaced({ path, node, text }: SecretPlace, kind: 'value' | 'name'): Problem {
  const where = formatPath(path);
  return {
    code: kind === 'value' ? 'SECRET_IN_CONTEXT' : 'SECRET_MISPLACED',
    message:
      kind === 'value'
        ? `${where} holds a secret, and would be stored as it is`
        : `${where} holds a secret, and is shown and stored as it is`,
    at: node.span,
    path,
    got: text,
    expected: 'secrets under `with` of a stage, or in `store`',
    help: kind === 'value' ? 'give it to the stages that need it, under `with`' : undefined,
  };
}
