import type { Problems } from '../source/problems.ts';
import { type MapNode, mapNode } from '../tree/config-node.ts';
import { describeNode } from '../tree/describe-node.ts';

/** By it a file tells an editor its JSON Schema; it says nothing to anybody else. */
export const SCHEMA_KEY = '$schema';

/** A file without the key that only editors read. */
export function withoutSchemaKey(root: MapNode, problems: Problems): MapNode {
  const entry = root.entries.get(SCHEMA_KEY);
  if (entry === undefined) return root;
  const { keySpan, value } = entry;
  if (value.kind !== 'scalar' || typeof value.value !== 'string')
    problems.report({
      code: 'CONFIG_TYPE',
      message: `${SCHEMA_KEY} must be text`,
      at: value.kind === 'scalar' && value.value === null ? keySpan : value.span,
      path: [SCHEMA_KEY],
      got: describeNode(value),
      help: 'it names the JSON Schema of the file to an editor: ./.millrace/schema.json',
    });
  const entries = new Map(root.entries);
  entries.delete(SCHEMA_KEY);
  return mapNode(entries, root.span, root);
}
