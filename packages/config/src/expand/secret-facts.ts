import { formatPath } from '@millrace/core';
import type { SecretPlace } from '../interpolate/secret-places.ts';
import type { ExpandedFacts } from './expansion.ts';

/** Adds to what is known of stages which of their params hold secrets, by the path inside the stage. */
export function withSecretFacts(
  facts: ReadonlyMap<string, ExpandedFacts>,
  places: readonly SecretPlace[],
): ReadonlyMap<string, ExpandedFacts> {
  const byStage = new Map<string, Map<string, string>>();
  for (const { path, text } of places) {
    const [section, id, ...inside] = path;
    if (section !== 'stages' || id === undefined || inside.length === 0) continue;
    const secrets = byStage.get(String(id)) ?? new Map<string, string>();
    byStage.set(String(id), secrets.set(formatPath(inside), text));
  }
  if (byStage.size === 0) return facts;
  const known = new Map(facts);
  for (const [id, secrets] of byStage) known.set(id, { ...facts.get(id), secrets });
  return known;
}
