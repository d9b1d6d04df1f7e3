import { problem, type Result, success } from '@millrace/core';
import type { ScalarValue } from '../tree/config-node.ts';
import {
  boolCoreTag,
  floatCoreTag,
  getScalarValue,
  intCoreTag,
  NOT_RESOLVED,
  nullCoreTag,
  SCALAR_STYLE,
  type ScalarEvent,
  type ScalarTagDefinition,
  strTag,
} from './yaml.ts';

interface YamlScalar {
  readonly text: string;
  readonly value: ScalarValue;
}

/** The core schema of YAML 1.2, so `no`, `on` and `2024-01-01` are text. */
const CORE_TAGS: readonly ScalarTagDefinition<ScalarValue>[] = [
  nullCoreTag,
  boolCoreTag,
  intCoreTag,
  floatCoreTag,
];

const EXPLICIT_TAGS: ReadonlyMap<string, ScalarTagDefinition<ScalarValue>> = new Map<
  string,
  ScalarTagDefinition<ScalarValue>
>([
  ['!', strTag],
  ['!!str', strTag],
  ['!!null', nullCoreTag],
  ['!!bool', boolCoreTag],
  ['!!int', intCoreTag],
  ['!!float', floatCoreTag],
]);

export const KNOWN_TAGS: readonly string[] = [...EXPLICIT_TAGS.keys(), '!!seq', '!!map'];

/** The value of a scalar; a problem when its tag is unknown or does not fit. */
export function readYamlScalar(source: string, event: ScalarEvent): Result<YamlScalar, string> {
  const text = event.valueStart === -1 ? '' : getScalarValue(source, event);
  if (event.tagStart !== -1) {
    const name = source.slice(event.tagStart, event.tagEnd);
    const tag = EXPLICIT_TAGS.get(name);
    if (tag === undefined) return problem(`unknown tag ${name}`);
    const value = tag.resolve(text, true, tag.tagName);
    if (value === NOT_RESOLVED)
      return problem(`${JSON.stringify(text)} does not fit its tag ${name}`);
    return success({ text, value: value as ScalarValue });
  }
  return success({ text, value: event.style === SCALAR_STYLE.PLAIN ? resolvePlain(text) : text });
}

function resolvePlain(text: string): ScalarValue {
  const first = text.charAt(0);
  for (const tag of CORE_TAGS) {
    if (tag.implicitFirstChars?.includes(first) === false) continue;
    const value = tag.resolve(text, false, tag.tagName);
    if (value !== NOT_RESOLVED) return value as ScalarValue;
  }
  return text;
}
