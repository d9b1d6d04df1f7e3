import { type DependencyList, PGraph, type PGraphNodeMap } from 'p-graph';
import type { Adapter, Ran, Trial } from '../../src/adapters/adapter.ts';
import {
  type Grown,
  growingStage,
  needsByPlace,
  plainStage,
} from '../../src/adapters/stage-body.ts';
import type { Workload } from '../../src/workloads/workload.ts';

type Body = (place: number, needs: readonly number[]) => Promise<void>;

/** p-graph hands nothing from node to node: its documentation lets the functions share what they close over. */
function graphOf(workload: Workload, body: Body): PGraph {
  const needs = needsByPlace(workload);
  const nodes: PGraphNodeMap = new Map(
    workload.nodes.map(({ id }, place) => [id, { run: () => body(place, needs[place] ?? []) }]),
  );
  const dependencies: DependencyList = [];
  for (const node of workload.nodes) {
    for (const need of node.needs) dependencies.push([need, node.id]);
  }
  return new PGraph(nodes, dependencies);
}

/** In memory, with a map of nodes and no limit of those at once, which is the default. The constructor finds cycles. */
export const adapter: Adapter = {
  begin(workload): Trial {
    const values = new Array<number>(workload.nodes.length).fill(0);
    const grown: Grown[] = [];
    let executed = 0;
    const plain: Body = async (place, needs) => {
      executed++;
      values[place] = await plainStage(
        place,
        needs.map((need) => values[need] ?? 0),
      );
    };
    const growing: Body = async (place, [need]) => {
      executed++;
      const before = need === undefined ? undefined : grown[need];
      const mine = await growingStage(workload, place, before);
      grown[place] = mine;
      values[place] = mine.value;
    };
    let graph: PGraph | undefined;
    return {
      build() {
        graph = graphOf(workload, workload.kind === 'growing' ? growing : plain);
      },
      async run(): Promise<Ran> {
        await graph?.run();
        return { values, executed };
      },
      close() {},
    };
  },
};
