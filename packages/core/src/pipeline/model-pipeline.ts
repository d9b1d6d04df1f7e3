import type { PathSegment } from '../base/diagnostic.ts';
import type { StageId } from '../base/ids.ts';
import { MillraceError } from '../base/millrace-error.ts';
import { didYouMean } from '../base/nearest-name.ts';
import type { SourceLocation } from '../base/source-location.ts';
import type { PipelineDefinition } from '../definition/pipeline-definition.ts';
import { type CompactGraph, StageGraph } from '../graph/index.ts';
import type { BoundStage } from './bound-stage.ts';
import type { Wiring } from './wiring.ts';

interface PipelineParts {
  readonly definition: PipelineDefinition;
  readonly graph: CompactGraph;
  readonly stages: readonly BoundStage[];
  readonly wiring: Wiring;
  readonly locate?: Locate | undefined;
}

/** Where a part of the definition was written; undefined when nobody knows. */
export type Locate = (path: readonly PathSegment[]) => SourceLocation | undefined;

/**
 * Immutable stages and dependencies, checked as a whole; never an execution. Any number of runs can
 * share one. Made by `definePipeline`, `checkPipeline` or a config file.
 */
export class ModelPipeline {
  readonly definition: PipelineDefinition;
  /** Dependencies as integer arrays; a stage's index is its place in `stages`. */
  readonly graph: CompactGraph;
  readonly stages: readonly BoundStage[];
  readonly wiring: Wiring;
  readonly #locate: Locate | undefined;
  #stageGraph: StageGraph | undefined;

  constructor(parts: PipelineParts) {
    this.definition = parts.definition;
    this.graph = parts.graph;
    this.stages = parts.stages;
    this.wiring = parts.wiring;
    this.#locate = parts.locate;
  }

  get name(): string {
    return this.definition.name;
  }

  /** The graph for queries and drawing, built when first asked for. */
  get stageGraph(): StageGraph {
    this.#stageGraph ??= StageGraph.fromCompact(this.graph);
    return this.#stageGraph;
  }

  /** Where a part of the definition was written: `['stages', 'score', 'with', 'window']`. */
  locate(path: readonly PathSegment[]): SourceLocation | undefined {
    return this.#locate?.(path);
  }

  /** @throws MillraceError STAGE_UNKNOWN */
  stage(id: string): BoundStage {
    const index = this.graph.indexById.get(id);
    const stage = index === undefined ? undefined : this.stages[index];
    if (stage !== undefined) return stage;
    const help = didYouMean(id, this.graph.ids);
    throw new MillraceError(
      'STAGE_UNKNOWN',
      `pipeline ${JSON.stringify(this.name)} has no stage ${JSON.stringify(id)}${help === undefined ? '' : `; ${help}`}`,
      { details: { stage: id as StageId } },
    );
  }
}
