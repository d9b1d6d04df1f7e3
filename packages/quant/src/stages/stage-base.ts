import { MappedStage, type MappedStageSpec, PipelineStage, type StageSpec } from '@millrace/core';

// The types that `of` gives have no name outside of `@millrace/core`, so that no declaration file could be written of a
// class that extends them. These two give them one.

/** What `PipelineStage.of` gives. */
export type StageBase<S extends StageSpec> = ReturnType<typeof PipelineStage.of<S>> & {
  readonly spec: S;
};

/** What `MappedStage.of` gives. */
export type MappedStageBase<S extends MappedStageSpec> = ReturnType<typeof MappedStage.of<S>> & {
  readonly spec: S;
};

export function stageOf<const S extends StageSpec>(spec: S): StageBase<S> {
  return PipelineStage.of(spec);
}

export function mappedStageOf<const S extends MappedStageSpec>(spec: S): MappedStageBase<S> {
  return MappedStage.of(spec);
}
