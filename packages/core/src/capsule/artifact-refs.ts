import { types } from 'node:util';
import { isPlainObject } from '../base/tracked-object.ts';
import type { ArtifactRef } from '../stage/index.ts';

const HASH = /^[0-9a-f]{64}$/;

/** The artifacts that a value refers to, however deep inside. Time follows the size of the value. */
export function artifactRefs(value: unknown): readonly ArtifactRef[] {
  const found = new Map<string, ArtifactRef>();
  const seen = new Set<object>();
  const open: unknown[] = [value];
  while (open.length > 0) {
    const part = open.pop();
    if (typeof part !== 'object' || part === null || seen.has(part)) continue;
    seen.add(part);
    if (isArtifactRef(part)) found.set(part.artifact, part);
    else for (const inner of partsOf(part)) if (typeof inner === 'object') open.push(inner);
  }
  return [...found.values()];
}

function isArtifactRef(part: object): part is ArtifactRef {
  if (!isPlainObject(part) || !Object.hasOwn(part, 'artifact')) return false;
  const { artifact, name, bytes } = part;
  return (
    typeof artifact === 'string' &&
    HASH.test(artifact) &&
    typeof name === 'string' &&
    typeof bytes === 'number'
  );
}

function partsOf(container: object): Iterable<unknown> {
  if (ArrayBuffer.isView(container) || types.isAnyArrayBuffer(container)) return [];
  if (types.isMap(container)) return [...container.keys(), ...container.values()];
  if (types.isSet(container)) return container;
  return Array.isArray(container) ? container : Object.values(container);
}
