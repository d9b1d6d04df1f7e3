import { environmentNameSchema } from '../shape/config-schema.ts';
import type { Problems } from '../source/problems.ts';
import { type MapEntry, type MapNode, mapNode } from '../tree/config-node.ts';
import { describeNode } from '../tree/describe-node.ts';
import { checkLayer } from './check-layer.ts';
import { checkLayerKeys } from './check-layer-keys.ts';
import { environmentLayer } from './environment-layer.ts';

interface CheckContext {
  /** The file with its bases. */
  readonly root: MapNode;
  /** That one is checked as a part of the whole config. */
  readonly chosen: string | undefined;
  readonly problems: Problems;
}

/** Checks all environments of a config as far as they can be without being laid over it. */
export function checkEnvironments(sections: MapEntry | undefined, context: CheckContext): void {
  if (sections === undefined) return;
  const { value, keySpan } = sections;
  if (value.kind !== 'map') {
    context.problems.report({
      code: 'CONFIG_TYPE',
      message: '`environments` must be a map from names to values',
      at: describeNode(value) === 'nothing' ? keySpan : value.span,
      path: ['environments'],
      got: describeNode(value),
    });
    return;
  }
  for (const [name, entry] of value.entries) {
    const path = ['environments', name];
    if (!isNamed(name, entry, context)) continue;
    const layer = environmentLayer(name, entry.value, context.problems);
    if (layer === undefined) continue;
    checkLayerKeys(layer, path, context);
    if (name === context.chosen) continue;
    const whole = mapNode(new Map([['environments', sections]]), keySpan);
    checkLayer(layer, { root: whole, path, below: context.root, problems: context.problems });
  }
}

function isNamed(name: string, { keySpan }: MapEntry, { problems }: CheckContext): boolean {
  const { error } = environmentNameSchema.safeParse(name);
  if (error === undefined) return true;
  const expected = error.issues[0]?.message.replace(/^expected /, '');
  problems.report({
    code: 'CONFIG_VALUE',
    message: `an environment cannot have the name ${JSON.stringify(name)}`,
    at: keySpan,
    path: ['environments', name],
    expected,
  });
  return false;
}
