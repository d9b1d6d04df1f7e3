import type { PathSegment } from '@millrace/core';
import type { ConfigNode, MapEntry } from '../tree/config-node.ts';
import type { Filler } from './filler.ts';
import type { Home } from './inner/home.ts';
import type { SubPipeline } from './inner/sub-pipelines.ts';
import type { KeySpace } from './keys/key-space.ts';

/** A `when` around a pipeline inside another one, which looks at the params given to it. */
export interface OuterCondition {
  readonly node: ConfigNode;
  readonly path: readonly PathSegment[];
  /** The id of the stage that is the pipeline. */
  readonly stageId: string;
  /** Those of the pipeline inside. */
  readonly filler: Filler;
}

/** A stage of the whole config, its placeholders filled in. */
export interface PlannedStage {
  readonly kind: 'stage';
  /** In the whole config: `prep[SPY]/score[20]`. */
  readonly id: string;
  readonly scope: Scope;
  readonly entry: MapEntry;
  /** Undefined for a stage that is no instance. */
  readonly label: string | undefined;
}

/** A stage that stands for a pipeline, whose stages are in `inner`. */
export interface PlannedPipeline {
  readonly kind: 'pipeline';
  readonly id: string;
  readonly scope: Scope;
  readonly entry: MapEntry;
  /** Undefined for a stage that is no instance. */
  readonly label: string | undefined;
  readonly inner: Scope;
}

export type Planned = PlannedStage | PlannedPipeline;

/** One use of a pipeline: the config's own, or one inside it. */
export interface Scope {
  /** Of the ids inside: `prep[SPY]/`. */
  readonly prefix: string;
  readonly keys: KeySpace;
  readonly filler: Filler;
  readonly home: Home;
  /** The stage that stands for it; undefined for the config's own pipeline. */
  readonly owner: Omit<PlannedPipeline, 'inner'> | undefined;
  /** Pipelines inside each other that lead here, the outermost first. */
  readonly trail: readonly SubPipeline[];
  /** Of all owners, the outermost first. */
  readonly conditions: readonly OuterCondition[];
  readonly tags: readonly ConfigNode[];
  /** In the order of the config; grows while the config is planned. */
  readonly planned: Planned[];
}

/** All stages of a scope and of the pipelines inside it, in their order. */
export function stagesOf(scope: Scope): readonly PlannedStage[] {
  const stages: PlannedStage[] = [];
  const collect = ({ planned }: Scope): void => {
    for (const item of planned) {
      if (item.kind === 'stage') stages.push(item);
      else collect(item.inner);
    }
  };
  collect(scope);
  return stages;
}
