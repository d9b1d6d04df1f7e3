import { hash } from 'node:crypto';
import type { BoundFallback, BoundMap, BoundStage, ModelPipeline } from '../pipeline/index.ts';

/** The parts of a fingerprint, so that a changed one can be named. */
export const FINGERPRINT_PARTS = ['code', 'params', 'wiring'] as const;
export type FingerprintPart = (typeof FINGERPRINT_PARTS)[number];

const PART_LENGTH = 16;

/**
 * Digest of what a stage depends on beside the values of its inputs: `code.params.wiring`, 16 hex
 * digits each. Code is the class's declared version and, where known, its source, else its `uses`; wiring
 * is which key each output becomes, what a mapped stage maps over, and the fallback. Where an input comes from does not count: its value
 * does, by the basis of the record.
 */
export function fingerprintOf(pipeline: ModelPipeline, index: number): string {
  const stage = pipeline.stages[index];
  if (stage === undefined) return '';
  const params = stage.params.hash.slice(0, PART_LENGTH) || 'none';
  // Joined, it is one text; a template would keep its parts, and the whole hashes that they are cut from.
  return [codePart(stage), params, wiringPart(stage)].join('.');
}

function wiringPart({ writes, definition, fallback, map }: BoundStage): string {
  const { namespace, writeSuffix } = definition;
  // The order in which renames are written down means nothing.
  const renames = writes.size < 2 ? [...writes] : [...writes].sort(([a], [b]) => (a < b ? -1 : 1));
  const parts: unknown[] = [renames, namespace, writeSuffix, standInOf(fallback)];
  if (map !== undefined) parts.push(mappingOf(map));
  const text = JSON.stringify(parts);
  // Of most stages without renames it is the same; with them, of none.
  return writes.size === 0 ? digest(text) : freshDigest(text);
}

/** Whether a fingerprint was made with a version of the class, of whose code nothing else is known. */
export function isOfVersion(
  fingerprint: string,
  { definition, blueprint }: BoundStage,
  version: string,
): boolean {
  if (definition.code !== undefined) return false;
  const older = codePart({ definition, blueprint: { ...blueprint, version } });
  return fingerprint.startsWith(`${older}.`);
}

/** The fingerprint as if its code were that of the stage as it is now. */
export function withCodeOf(fingerprint: string, stage: BoundStage): string {
  return `${codePart(stage)}${fingerprint.slice(fingerprint.indexOf('.'))}`;
}

function codePart(stage: Pick<BoundStage, 'definition' | 'blueprint'>): string {
  return digest(JSON.stringify(codeOf(stage)));
}

/** A module that moves keeps its meaning; one module may export several classes. */
function codeOf({
  definition,
  blueprint,
}: Pick<BoundStage, 'definition' | 'blueprint'>): readonly string[] {
  const { uses, code } = definition;
  if (code === undefined) return [uses, blueprint.version];
  return [uses.slice(uses.lastIndexOf('#') + 1 || uses.length), blueprint.version, code.hash];
}

function standInOf(fallback: BoundFallback | undefined): readonly string[] | null {
  if (fallback === undefined) return null;
  return fallback.kind === 'value'
    ? [fallback.hash]
    : [fallback.code?.hash ?? fallback.uses, fallback.blueprint.version, fallback.params.hash];
}

/** How many items run at once, how often and how long changes no result. */
function mappingOf({ over, key, into, failures }: BoundMap): readonly unknown[] {
  return [over, key ?? null, into, failures ?? null];
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
  const fresh = freshDigest(text);
  digests.set(text, fresh);
  return fresh;
}

function freshDigest(text: string): string {
  return hash('sha256', text).slice(0, PART_LENGTH);
}
