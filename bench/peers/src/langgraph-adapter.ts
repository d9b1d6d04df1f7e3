import { type BaseCheckpointSaver, entrypoint, task } from '@langchain/langgraph';
import type { Adapter, Ran, Trial } from '../../src/adapters/adapter.ts';
import {
  type Grown,
  growingStage,
  needsByPlace,
  plainStage,
} from '../../src/adapters/stage-body.ts';
import type { Workload } from '../../src/workloads/workload.ts';

/** A saver that is open, if there is any. */
export interface OpenSaver {
  readonly saver: BaseCheckpointSaver | undefined;
  close(): void;
}

/** Of all runs of a folder: a resume goes on with the thread of the first run. */
export const THREAD = { configurable: { thread_id: 'bench' } };

/** Whether the last stage fails, and how many were executed. */
class Calls {
  executed = 0;
  readonly #failing: number | undefined;

  constructor(failing: number | undefined) {
    this.#failing = failing;
  }

  count(place: number): void {
    this.executed++;
    if (place === this.#failing) throw new RangeError('fails in the first run');
  }
}

/**
 * An entrypoint that starts a promise for every stage, each of which awaits those of the stages before it and then
 * calls its task: the functional API, in which a graph of plain functions needs neither a superstep for each layer
 * nor a channel for each stage. Of what was tried here (a StateGraph with a channel a stage, one with a single merged
 * channel, and this), it is the fastest on every workload.
 */
function workflowOf(workload: Workload, saver: BaseCheckpointSaver | undefined, calls: Calls) {
  const needs = needsByPlace(workload);
  const plain = task('plain', async (place: number, before: number[]) => {
    calls.count(place);
    return plainStage(place, before);
  });
  const growing = task('growing', async (place: number, before: Grown | undefined) => {
    calls.count(place);
    return growingStage(workload, place, before);
  });
  const options = { name: 'workload', ...(saver === undefined ? {} : { checkpointer: saver }) };
  return entrypoint(options, async (_input: string | null): Promise<number[]> => {
    if (workload.kind === 'growing') {
      const values: number[] = [];
      let before: Grown | undefined;
      for (const place of needs.keys()) {
        before = await growing(place, before);
        values.push(before.value);
      }
      return values;
    }
    const stages: Promise<number>[] = [];
    for (const [place, mine] of needs.entries()) {
      const before = Promise.all(mine.flatMap((need) => stages[need] ?? []));
      stages.push(before.then(async (values) => plain(place, values)));
    }
    return Promise.all(stages);
  });
}

/** @param open opens the saver of a folder; with the default durability, which does not wait for what is written */
export function langgraphAdapter(open: (folder: string) => OpenSaver): Adapter {
  return {
    begin(workload, folder): Trial {
      const isResume = workload.kind === 'resume';
      const calls = new Calls(undefined);
      let opened = isResume ? undefined : open(folder);
      let build = (): ReturnType<typeof workflowOf> => workflowOf(workload, opened?.saver, calls);
      return {
        build() {
          // The saver is part of what is built, and a resume opens it only when it runs.
          if (isResume) return;
          const workflow = build();
          build = () => workflow;
        },
        async run(): Promise<Ran> {
          opened ??= open(folder);
          const values = await build().invoke(isResume ? null : 'start', THREAD);
          return { values, executed: calls.executed };
        },
        close() {
          opened?.close();
        },
      };
    },
    async fail(workload, folder) {
      const opened = open(folder);
      const workflow = workflowOf(workload, opened.saver, new Calls(workload.nodes.length - 1));
      const failed = await workflow.invoke('start', THREAD).then(
        () => false,
        () => true,
      );
      opened.close();
      if (!failed) throw new RangeError('the first run did not fail');
    },
  };
}
