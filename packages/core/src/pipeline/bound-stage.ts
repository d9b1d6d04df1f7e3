import type { StageId } from '../base/ids.ts';
import type { StageDefinition, StageOptions } from '../definition/pipeline-definition.ts';
import type { StageBlueprint } from './stage-blueprint.ts';

/** Params that the stage's schema has read. */
export interface BoundParams {
  /** What an attempt gets: frozen, or a copy of its own where the value cannot be frozen. */
  readonly value: unknown;
  /** Digest of the value for fingerprints. */
  readonly hash: string;
}

/** What stands in for a stage that failed for good. */
export type BoundFallback =
  | {
      readonly kind: 'value';
      readonly outputs: Readonly<Record<string, unknown>>;
      /** Digest of the outputs for fingerprints. */
      readonly hash: string;
    }
  | {
      readonly kind: 'stage';
      readonly uses: string;
      readonly blueprint: StageBlueprint;
      readonly params: BoundParams;
    };

/** A stage of a pipeline with its class, its checked params and its options, defaults filled in. */
export interface BoundStage {
  readonly index: number;
  readonly id: StageId;
  readonly definition: StageDefinition;
  readonly blueprint: StageBlueprint;
  readonly params: BoundParams;
  readonly options: StageOptions;
  readonly fallback: BoundFallback | undefined;
  /** Context key of each input and update, where the definition renames it. */
  readonly reads: ReadonlyMap<string, string>;
  /** Context key of each output, where the definition renames it. */
  readonly writes: ReadonlyMap<string, string>;
}

/** The context key behind a stage's own name for it. */
export function contextKey(renames: ReadonlyMap<string, string>, name: string): string {
  return renames.get(name) ?? name;
}

/** The context keys that the stage declares to write: outputs, then updates. */
export function declaredWrites(stage: BoundStage): readonly string[] {
  const { outputs, updates } = stage.blueprint;
  const written = (outputs ?? []).map((name) => contextKey(stage.writes, name));
  return updates.length === 0
    ? written
    : [...written, ...updates.map((name) => contextKey(stage.reads, name))];
}
