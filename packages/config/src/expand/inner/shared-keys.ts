import type { ReadKeys } from '@millrace/core';
import { oneOf } from '../../source/one-of.ts';
import type { Problems } from '../../source/problems.ts';
import { type ConfigNode, childOf, type MapEntry, type MapNode } from '../../tree/config-node.ts';
import { toPlain } from '../../tree/to-plain.ts';
import type { KeySpace } from '../keys/key-space.ts';

interface SharedKeysRequest {
  /** Of the stage that is the pipeline. */
  readonly id: string;
  readonly body: MapNode;
  /** The keys that the pipeline expects to be given. */
  readonly inputs: ConfigNode | undefined;
  /** Of the pipeline around it. */
  readonly outer: KeySpace;
}

/** The context keys that a pipeline shares with the one around it: what it is given, and what it gives. */
export function sharedKeys(
  { id, body, inputs, outer }: SharedKeysRequest,
  problems: Problems,
): ReadonlyMap<string, ReadKeys> {
  const names = textsOf(inputs);
  const shared = new Map<string, ReadKeys>(names.map((name) => [name, outer.keyOf(name)]));
  const renames = { reads: entriesOf(body, 'reads'), writes: entriesOf(body, 'writes') };
  for (const [name, { keySpan, value }] of renames.reads) {
    if (shared.has(name)) shared.set(name, outerKeys(value, outer));
    else
      problems.report({
        code: 'PIPELINE_INPUT_UNKNOWN',
        message: `the pipeline of stage ${JSON.stringify(id)} has no input ${JSON.stringify(name)}`,
        at: keySpan,
        path: ['stages', id, 'reads', name],
        expected: oneOf(names),
        help: problems.suggest(name, names) ?? 'list it under `inputs:` of that pipeline',
      });
  }
  for (const [name, { keySpan, value }] of renames.writes) {
    const key = outerKeys(value, outer);
    const read = shared.get(name);
    if (read !== undefined && String(read) !== String(key)) {
      problems.report({
        code: 'PIPELINE_OUTPUT_UNKNOWN',
        message: `stage ${JSON.stringify(id)} reads ${JSON.stringify(name)} from one key and writes it to another`,
        at: keySpan,
        path: ['stages', id, 'writes', name],
        got: String(key),
        expected: String(read),
        help: 'a key has one value inside the pipeline, so let a stage of it write another key',
      });
    } else shared.set(name, key);
  }
  return shared;
}

function entriesOf(body: MapNode, field: string): ReadonlyMap<string, MapEntry> {
  const section = childOf(body, field);
  return section?.kind === 'map' ? section.entries : new Map();
}

/** The values of `reads` and `writes` were checked before. */
function outerKeys(value: ConfigNode, outer: KeySpace): ReadKeys {
  const plain = toPlain(value);
  if (!Array.isArray(plain)) return outer.keyOf(String(plain));
  return plain.flatMap((key) => outer.keyOf(String(key)));
}

function textsOf(node: ConfigNode | undefined): readonly string[] {
  if (node?.kind !== 'list') return [];
  return node.items.flatMap((item) =>
    item.kind === 'scalar' && typeof item.value === 'string' ? [item.value] : [],
  );
}
