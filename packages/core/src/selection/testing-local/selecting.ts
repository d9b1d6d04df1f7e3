import { expect } from '@jest/globals';
import { compileGraph, type GraphNode } from '../../graph/index.ts';
import { selectStages } from '../select-stages.ts';
import type { SelectablePipeline, SelectedStages, Selection, StatusLookup } from '../selection.ts';

/** @param tags by stage id */
export function pipelineOf(
  nodes: readonly GraphNode[],
  tags: ReadonlyMap<string, readonly string[]> = new Map(),
): SelectablePipeline {
  const { graph } = compileGraph(nodes);
  return { graph, tagsOf: (index) => tags.get(graph.ids[index] ?? '') ?? [] };
}

/** What is selected; a test that gets problems instead fails with their messages. */
export function selected(
  pipeline: SelectablePipeline,
  selection: Selection,
  statusOf?: StatusLookup,
): SelectedStages {
  const result = selectStages(pipeline, selection, statusOf);
  if (result.ok) return result.value;
  throw new Error(result.problem.map(({ message }) => message).join('\n'));
}

export function idsOf({ graph }: SelectablePipeline, mask: Uint8Array): string[] {
  return graph.ids.filter((_, index) => mask[index] === 1);
}

export function idsSelected(
  pipeline: SelectablePipeline,
  selection: Selection,
  statusOf?: StatusLookup,
): string[] {
  const { mask, count } = selected(pipeline, selection, statusOf);
  const ids = idsOf(pipeline, mask);
  expect(ids).toHaveLength(count);
  return ids;
}
