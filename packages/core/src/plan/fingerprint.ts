import { hash } from 'node:crypto';
import { FROM_INITIAL, type ModelPipeline } from '../pipeline/index.ts';

/** The parts of a fingerprint, so that a changed one can be named. */
export const FINGERPRINT_PARTS = ['code', 'params', 'wiring'] as const;
export type FingerprintPart = (typeof FINGERPRINT_PARTS)[number];

const PART_LENGTH = 16;

/**
 * Digest of what a stage depends on beside the values of its inputs: `code.params.wiring`, 16 hex
 * digits each. Code is the class's `uses`, declared version and, where known, source; wiring is which
 * stage provides each input under which key.
 */
export function fingerprintOf(pipeline: ModelPipeline, index: number): string {
  const stage = pipeline.stages[index];
  if (stage === undefined) return '';
  const { definition, blueprint, params } = stage;
  const code = digest(
    JSON.stringify([definition.uses, blueprint.version, definition.codeHash ?? '']),
  );
  const inputs = (pipeline.wiring.inputs[index] ?? []).map(({ name, key, provider }) => [
    name,
    key,
    provider >= 0 ? pipeline.graph.ids[provider] : provider === FROM_INITIAL ? 'initial' : provider,
  ]);
  const wiring = digest(JSON.stringify([inputs, [...stage.writes], definition.fallback ?? null]));
  return `${code}.${params.hash.slice(0, PART_LENGTH) || 'none'}.${wiring}`;
}

/** The parts in which two fingerprints differ. */
export function changedParts(before: string, after: string): FingerprintPart[] {
  const [a, b] = [before.split('.'), after.split('.')];
  return FINGERPRINT_PARTS.filter((_, at) => a[at] !== b[at]);
}

const digests = new Map<string, string>();
const KEPT_DIGESTS = 4096;

/** Most stages of a pipeline share their parts, so equal texts are hashed once. */
function digest(text: string): string {
  const known = digests.get(text);
  if (known !== undefined) return known;
  if (digests.size >= KEPT_DIGESTS) digests.clear();
  const fresh = hash('sha256', text).slice(0, PART_LENGTH);
  digests.set(text, fresh);
  return fresh;
}
