import type { Span } from '../source/config-source.ts';
import type { ConfigNode } from '../tree/config-node.ts';
import { type PlaceholderType, readTyped } from './placeholder-type.ts';

/** A shorter part of a secret would be found in every text. */
const SHORTEST_PART = 4;

/** The texts in which a secret of a type appears beside its own: the parts of JSON, a number as it prints. */
export function secretForms(
  text: string,
  types: Iterable<PlaceholderType>,
  at: Span,
): readonly string[] {
  const forms = new Set<string>();
  for (const type of types) {
    const typed = readTyped(text, type, at);
    if (typed.ok) collect(typed.value, forms);
  }
  return [...forms].filter((form) => form !== text && form.length >= SHORTEST_PART);
}

function collect(node: ConfigNode, forms: Set<string>): void {
  if (node.kind === 'list') for (const item of node.items) collect(item, forms);
  else if (node.kind === 'map')
    for (const { value } of node.entries.values()) collect(value, forms);
  // Whether something is true or left out gives no secret away, and stands everywhere.
  else if (typeof node.value === 'string' || typeof node.value === 'number')
    forms.add(String(node.value));
}
