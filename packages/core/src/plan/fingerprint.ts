import { hash } from 'node:crypto';
import { type BoundFallback, FROM_INITIAL, type ModelPipeline } from '../pipeline/index.ts';

/** The parts of a fingerprint, so that a changed one can be named. */
export const FINGERPRINT_PARTS = ['code', 'params', 'wiring'] as const;
export type FingerprintPart = (typeof FINGERPRINT_PARTS)[number];

const PART_LENGTH = 16;

/**
 * Digest of what a stage depends on beside the values of its inputs: `code.params.wiring`, 16 hex
 * digits each. Code is the class's `uses`, declared version and, where known, source; wiring is which
 * stage provides each input under which key, which key each output becomes, and the fallback.
 */
export function fingerprintOf(pipeline: ModelPipeline, index: number): string {
  const stage = pipeline.stages[index];
  if (stage === undefined) return '';
  const { definition, blueprint, params, writes, fallback } = stage;
  const code = digest(
    JSON.stringify([definition.uses, blueprint.version, definition.codeHash ?? '']),
  );
  const inputs = (pipeline.wiring.inputs[index] ?? []).map(({ name, key, provider }) => [
    name,
    key,
    provider >= 0 ? pipeline.graph.ids[provider] : provider === FROM_INITIAL ? 'initial' : provider,
  ]);
  // The order in which renames are written down means nothing.
  const renames = [...writes].sort(([a], [b]) => (a < b ? -1 : 1));
  const wiring = digest(JSON.stringify([inputs, renames, standInOf(fallback)]));
  return `${code}.${params.hash.slice(0, PART_LENGTH) || 'none'}.${wiring}`;
}

function standInOf(fallback: BoundFallback | undefined): readonly string[] | null {
  if (fallback === undefined) return null;
  return fallback.kind === 'value'
    ? [fallback.hash]
    : [fallback.uses, fallback.blueprint.version, fallback.params.hash];
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
