import type { EncodedValue } from '../base/codec/index.ts';
import type { StageId } from '../base/ids.ts';
import type { MapOptions } from '../definition/map-options.ts';
import type {
  ReadKeys,
  StageCode,
  StageDefinition,
  StageOptions,
} from '../definition/pipeline-definition.ts';
import type { StageCondition } from '../definition/stage-condition.ts';
import type { Renames } from './renames.ts';
import type { StageBlueprint } from './stage-blueprint.ts';

/** Params that the stage's schema has read. */
export interface BoundParams {
  /** What an attempt gets: frozen, or a copy of its own where the value cannot be frozen. */
  readonly value: unknown;
  /** Hash of {@link recorded}; empty for none. */
  readonly hash: string;
  /** As the store keeps them, for the plan of a later resume: with names where there are secrets. */
  readonly recorded: EncodedValue | undefined;
  /** False: recorded as they were written, so that the paths that a stage reads say nothing of them. */
  readonly isRecordedAsRead: boolean;
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
      readonly code: StageCode | undefined;
      readonly blueprint: StageBlueprint;
      readonly params: BoundParams;
    };

/** How a mapped stage goes about its items, defaults filled in. */
export interface BoundMap extends MapOptions {
  readonly over: string;
  readonly into: string;
  /** Instead of `key`. */
  readonly keyOf: ((item: never) => unknown) | undefined;
}

/** A stage of a pipeline with its class, its checked params and its options, defaults filled in. */
export interface BoundStage {
  readonly index: number;
  readonly id: StageId;
  readonly definition: StageDefinition;
  readonly blueprint: StageBlueprint;
  readonly params: BoundParams;
  readonly options: StageOptions;
  readonly fallback: BoundFallback | undefined;
  /** Set for a stage that works item by item. */
  readonly map: BoundMap | undefined;
  /** Decides, once it is ready, whether it runs or is skipped. */
  readonly when: StageCondition | undefined;
  /** Absolute paths of files whose content counts like an input. */
  readonly files: readonly string[];
  /** Context key of each input and update, where the definition renames it; several are read as a list. */
  readonly reads: Renames<ReadKeys>;
  /** Context key of each output, where the definition renames it. */
  readonly writes: Renames<string>;
}

type KeyedStage = Pick<BoundStage, 'reads' | 'writes' | 'definition'>;

/** The context key behind a stage's own name for an input or update, or the keys that it gathers. */
export function readKeys({ reads, definition }: KeyedStage, name: string): ReadKeys {
  return reads.get(name) ?? `${definition.namespace ?? ''}${name}`;
}

/** The context key of an update, which gathers nothing. */
export function updateKey(stage: KeyedStage, name: string): string {
  const key = readKeys(stage, name);
  return typeof key === 'string' ? key : name;
}

/** The context key that an output becomes. */
export function writeKey({ writes, definition }: KeyedStage, name: string): string {
  const { namespace, writeSuffix } = definition;
  return writes.get(name) ?? `${namespace ?? ''}${name}${writeSuffix ?? ''}`;
}

/** The context keys that the stage declares to write: outputs, then updates. */
export function declaredWrites(stage: BoundStage): readonly string[] {
  const { outputs, updates } = stage.blueprint;
  const written = (outputs ?? []).map((name) => writeKey(stage, name));
  return updates.length === 0
    ? written
    : [...written, ...updates.map((name) => updateKey(stage, name))];
}
