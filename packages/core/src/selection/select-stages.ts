import { problem, type Result, success } from '../base/result.ts';
import type { CompactGraph } from '../graph/index.ts';
import { emptySelection } from './empty-selection.ts';
import { meantStages } from './meant-stages.ts';
import { type ReadSelection, readSelection } from './read-selection.ts';
import type {
  SelectablePipeline,
  SelectedStages,
  Selection,
  SelectionOption,
  StatusLookup,
} from './selection.ts';
import type { SelectionProblem } from './selection-problem.ts';
import { StageMatcher } from './stage-matcher.ts';

/**
 * The stages that a selection means, or everything that is wrong with it at once. Without any text, all
 * stages. Pure. O(stages + dependencies) for each term that is more than an id.
 * @param statusOf statuses of the run that goes on; without it every stage is new
 */
export function selectStages(
  pipeline: SelectablePipeline,
  selection: Selection,
  statusOf: StatusLookup = () => undefined,
): Result<SelectedStages, readonly SelectionProblem[]> {
  const { graph } = pipeline;
  const matcher = new StageMatcher(pipeline, statusOf);
  const read = readSelection(pipeline, selection, matcher);
  if (read.problems.length > 0) return problem(read.problems);
  const fromMask = meantMask('from', graph, read);
  const wanted = [read.named.get('select'), fromMask, meantMask('until', graph, read)];
  const mask = new Uint8Array(graph.count).fill(1);
  for (const given of wanted) if (given !== undefined) keepMarked(mask, given, 1);
  const isAnyWanted = mask.includes(1);
  const excluded = read.named.get('exclude');
  if (excluded !== undefined) keepMarked(mask, excluded, 0);
  const count = mask.reduce((sum, mark) => sum + mark, 0);
  if (count === 0 && read.parts.length > 0) {
    return problem([
      emptySelection({ graph, matcher, parts: read.parts, isTakenAway: isAnyWanted }),
    ]);
  }
  return success({ mask, count, fromMask: fromMask ?? new Uint8Array(graph.count) });
}

function meantMask(
  option: SelectionOption,
  graph: CompactGraph,
  { named }: ReadSelection,
): Uint8Array | undefined {
  const marks = named.get(option);
  if (marks === undefined) return undefined;
  const nodes = Array.from(graph.order).filter((node) => marks[node] === 1);
  const mask = new Uint8Array(graph.count);
  for (const node of meantStages(option, graph, nodes)) mask[node] = 1;
  return mask;
}

/** Unmarks in `mask` what has another mark in `other`. */
function keepMarked(mask: Uint8Array, other: Uint8Array, mark: 0 | 1): void {
  for (let node = 0; node < mask.length; node++) if (other[node] !== mark) mask[node] = 0;
}
