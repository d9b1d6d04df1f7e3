import { unreachable } from '../base/invariant.ts';
import { type CompactGraph, dependantArcs, dependencyArcs } from '../graph/compact-graph.ts';
import type { SelectionOption } from './selection.ts';
import { withinReach } from './within-reach.ts';

/** The stages that an option means by those it names, each once. O(stages + dependencies). */
export function meantStages(
  option: SelectionOption,
  graph: CompactGraph,
  named: readonly number[],
): readonly number[] {
  switch (option) {
    case 'select':
    case 'exclude':
      return named;
    case 'from':
      return withinReach(dependantArcs(graph), named);
    case 'until':
      return withinReach(dependencyArcs(graph), named);
    default:
      return unreachable(option, 'unknown list of a selection');
  }
}
