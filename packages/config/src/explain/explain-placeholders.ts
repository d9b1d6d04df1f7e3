import { envText } from '../interpolate/outside-value.ts';
import { type Placeholder, parseTemplate } from '../interpolate/template.ts';
import { locationOf } from '../source/config-source.ts';
import type { ConfigNode } from '../tree/config-node.ts';
import type { ExplainedPlaceholder } from './explained-value.ts';
import type { KnownParam } from './known-stages.ts';
import { replacedValues } from './replaced-values.ts';
import { shownValue } from './shown-value.ts';

export interface ExplainContext {
  /** What a placeholder without a kind names, filled in; undefined for a variable of instances. */
  readonly param: (name: string) => KnownParam | undefined;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** Params stand on each other no deeper than this, or the config was refused. */
const MAX_FLOORS = 100;

/** What the placeholders of a text stand for, params with the placeholders that they are made of in turn. */
export function explainPlaceholders(
  { raw, from }: Pick<ConfigNode, 'raw' | 'from'>,
  context: ExplainContext,
  floors = 0,
): readonly ExplainedPlaceholder[] {
  const template = raw === undefined ? undefined : parseTemplate(raw);
  if (template?.ok !== true || floors > MAX_FLOORS) return [];
  return template.value.flatMap((part) =>
    part.kind === 'text' ? [] : [explainPlaceholder(part, { ...context, from }, floors)],
  );
}

function explainPlaceholder(
  part: Placeholder,
  context: ExplainContext & { readonly from: ConfigNode['from'] },
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
      const param = context.param(name);
      if (param === undefined) return explainVariable(part, context.from);
      const { path, node } = param;
      return {
        kind: 'param',
        source,
        path,
        value: shownValue(node),
        layer: node.span.source.layer,
        at: locationOf(node.span),
        over: replacedValues(node),
        placeholders: explainPlaceholders(node, context, floors + 1),
      };
    }
  }
}

/** Its value is known where the whole text is the placeholder; in a stage as it is written it has none. */
function explainVariable(
  { source, name }: Placeholder,
  from: ConfigNode['from'],
): ExplainedPlaceholder {
  const value = from?.name === name ? from.value : undefined;
  if (value === undefined || value.redacted === source) return { kind: 'variable', source, name };
  const { span } = value;
  const shown = { value: shownValue(value), layer: span.source.layer, at: locationOf(span) };
  return { kind: 'variable', source, name, shown };
}
