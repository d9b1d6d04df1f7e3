import { formatPath } from '@millrace/core';
import { envText } from '../interpolate/outside-value.ts';
import { type Placeholder, parseTemplate } from '../interpolate/template.ts';
import { locationOf } from '../source/config-source.ts';
import { type ConfigNode, childOf, type MapNode } from '../tree/config-node.ts';
import type { ExplainedPlaceholder } from './explained-value.ts';
import { replacedValues } from './replaced-values.ts';
import { shownValue } from './shown-value.ts';

export interface ExplainContext {
  /** The whole pipeline, filled in. */
  readonly tree: MapNode;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** Params stand on each other no deeper than this, or the config was refused. */
const MAX_FLOORS = 100;

/** What the placeholders of a text stand for, params with the placeholders that they are made of in turn. */
export function explainPlaceholders(
  { raw }: Pick<ConfigNode, 'raw'>,
  context: ExplainContext,
  floors = 0,
): readonly ExplainedPlaceholder[] {
  const template = raw === undefined ? undefined : parseTemplate(raw);
  if (template?.ok !== true || floors > MAX_FLOORS) return [];
  return template.value.flatMap((part) =>
    part.kind === 'text' ? [] : [explainPlaceholder(part, context, floors)],
  );
}

function explainPlaceholder(
  part: Placeholder,
  context: ExplainContext,
  floors: number,
): ExplainedPlaceholder {
  const { source, name } = part;
  switch (part.kind) {
    case 'secret':
      return { kind: 'secret', source, name };
    case 'env': {
      const found = envText(part, context.env);
      return found === undefined
        ? { kind: 'env', source, name, from: 'missing' }
        : { kind: 'env', source, name, from: found.from, value: found.text };
    }
    case 'param': {
      const param = childOf(childOf(context.tree, 'params'), name);
      if (param === undefined) return { kind: 'variable', source, name };
      return {
        kind: 'param',
        source,
        path: formatPath(['params', name]),
        value: shownValue(param),
        layer: param.span.source.layer,
        at: locationOf(param.span),
        over: replacedValues(param),
        placeholders: explainPlaceholders(param, context, floors + 1),
      };
    }
  }
}
