import { Annotation, START, StateGraph } from '@langchain/langgraph';
import type { Adapter, Ran, Trial } from '../../src/adapters/adapter.ts';
import { growingStage } from '../../src/adapters/stage-body.ts';
import type { Workload } from '../../src/workloads/workload.ts';
import { type OpenSaver, THREAD } from './langgraph-adapter.ts';
import { openSqliteSaver } from './sqlite-saver.ts';

const State = Annotation.Root({
  values: Annotation<number[]>({ reducer: append, default: () => [] }),
  texts: Annotation<string[]>({ reducer: append, default: () => [] }),
});

function append<Entry>(all: Entry[], more: Entry[]): Entry[] {
  return [...all, ...more];
}

/** A node for each stage, and one state with a list of all that they add. */
function graphOf(workload: Workload, { saver }: OpenSaver, count: () => void) {
  // The type of a graph grows with each name that is added; these names are known only now.
  const graph = new StateGraph(State) as unknown as LooseGraph;
  for (const [place, { id, needs }] of workload.nodes.entries()) {
    graph.addNode(id, async ({ values, texts }) => {
      count();
      const [value, text] = [values.at(-1), texts.at(-1)];
      const before = value === undefined || text === undefined ? undefined : { value, text };
      const mine = await growingStage(workload, place, before);
      return { values: [mine.value], texts: [mine.text] };
    });
    graph.addEdge(needs[0] ?? START, id);
  }
  return graph.compile({ checkpointer: saver });
}

interface LooseGraph {
  addNode(id: string, body: (state: typeof State.State) => Promise<typeof State.Update>): unknown;
  addEdge(from: string, to: string): unknown;
  compile(options: { readonly checkpointer: OpenSaver['saver'] }): {
    invoke(state: typeof State.Update, options: object): Promise<typeof State.State>;
  };
}

/**
 * The other API, for the workload whose state grows: a checkpoint after each step holds the whole state. How the
 * library is taught, and shown beside the tasks for that.
 */
export const adapter: Adapter = {
  begin(workload, folder): Trial {
    const opened = openSqliteSaver(folder);
    let executed = 0;
    let graph: ReturnType<typeof graphOf> | undefined;
    return {
      build() {
        graph = graphOf(workload, opened, () => {
          executed++;
        });
      },
      async run(): Promise<Ran> {
        if (graph === undefined) throw new RangeError('run before build');
        const recursionLimit = workload.nodes.length + 2;
        const { values } = await graph.invoke({}, { ...THREAD, recursionLimit });
        return { values, executed };
      },
      close() {
        opened.close();
      },
    };
  },
};
