import type { CheckpointStore, StageRecord } from '../checkpoint/index.ts';
import { type Cell, ContextLayers } from '../context/index.ts';
import type { ModelPipeline } from '../pipeline/index.ts';
import { BasisReader } from './basis-reader.ts';
import { keptCells } from './kept-cells.ts';
import { StageViews } from './stage-views.ts';

interface RecordedContextRequest {
  readonly store: CheckpointStore;
  readonly pipeline: ModelPipeline;
  readonly initial: Iterable<Cell>;
  readonly records: ReadonlyMap<string, StageRecord>;
}

/** The context of a run as its records tell it, whatever a plan would make of them. */
export interface RecordedContext {
  readonly layers: ContextLayers;
  readonly views: StageViews;
  readonly reader: BasisReader;
}

export function recordedContext({
  store,
  pipeline,
  initial,
  records,
}: RecordedContextRequest): RecordedContext {
  const { graph } = pipeline;
  const recordOf = (index: number): StageRecord | undefined => records.get(graph.ids[index] ?? '');
  const layers = new ContextLayers(initial);
  const views = new StageViews(pipeline, layers);
  for (const index of graph.order) {
    const record = recordOf(index);
    if (record !== undefined) layers.add(index, keptCells(store, views, index, record));
  }
  const attemptOf = (index: number): number => recordOf(index)?.attempt ?? 0;
  return { layers, views, reader: new BasisReader({ pipeline, views, layers, attemptOf }) };
}
