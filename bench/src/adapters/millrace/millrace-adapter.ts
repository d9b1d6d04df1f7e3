import { join } from 'node:path';
import {
  asRunId,
  type CheckpointStore,
  type Durability,
  MemoryStore,
  type ModelPipeline,
  PipelineExecutor,
  type RunHandle,
  type RunOptions,
} from '@millrace/core';
import { openSqliteStore } from '@millrace/sqlite';
import type { Workload } from '../../workloads/workload.ts';
import type { Adapter, Ran, Trial } from '../adapter.ts';
import { setting } from './stages.ts';
import { toPipeline, valueKey } from './to-pipeline.ts';

export interface MillraceOptions {
  /** Undefined: the store is in memory. */
  readonly synchronous?: 'full' | 'normal';
  readonly durability: Durability;
}

/** Stages at once. Those of the workloads wait for nothing, and no peer limits them. */
const CONCURRENCY = 100;

export const RUN_ID = asRunId('bench');

export function openStore(folder: string, { synchronous }: MillraceOptions): CheckpointStore {
  if (synchronous === undefined) return new MemoryStore();
  return openSqliteStore(join(folder, 'millrace.db'), { synchronous });
}

/** Counts the events, so that they are made and announced as for any listener. */
class EventCount {
  #count = 0;
  readonly onEvent = (): void => {
    this.#count++;
  };

  /** Each executed stage has at least started and ended. */
  require(executed: number): void {
    if (this.#count >= 2 * executed) return;
    throw new RangeError(`${this.#count} events of ${executed} executed stages`);
  }
}

async function runToEnd(
  workload: Workload,
  start: (options: RunOptions) => Promise<RunHandle>,
  { durability }: MillraceOptions,
): Promise<Ran> {
  const events = new EventCount();
  setting.executed = 0;
  const handle = await start({ durability, concurrency: CONCURRENCY, onEvent: events.onEvent });
  const { status, context } = await handle.result;
  if (status !== 'succeeded') throw new RangeError(`the run ended as ${status}`);
  const values = workload.nodes.map(({ id }) => Number(context.get(valueKey(id))));
  events.require(setting.executed);
  return { values, executed: setting.executed };
}

/** All that the engine does is on: validated inputs and outputs, events to a listener, a checkpoint for every stage. */
export function millraceAdapter(options: MillraceOptions): Adapter {
  return {
    begin(workload, folder): Trial {
      const isResume = workload.kind === 'resume';
      setting.workload = workload;
      let store = isResume ? undefined : openStore(folder, options);
      let pipeline: ModelPipeline | undefined;
      return {
        build() {
          pipeline = toPipeline(workload);
        },
        run() {
          const built = pipeline;
          if (built === undefined) throw new RangeError('run before build');
          store ??= openStore(folder, options);
          const executor = new PipelineExecutor({ store });
          return runToEnd(
            workload,
            (given) =>
              isResume ? executor.resume(RUN_ID, built, given) : executor.start(built, given),
            options,
          );
        },
        async close() {
          await store?.close();
        },
      };
    },
    async fail(workload, folder) {
      const store = openStore(folder, options);
      setting.failing = workload.nodes.length - 1;
      const executor = new PipelineExecutor({ store });
      const handle = await executor.start(toPipeline(workload), {
        id: RUN_ID,
        durability: options.durability,
        failureMode: 'continue',
        concurrency: CONCURRENCY,
      });
      const { status } = await handle.result;
      await store.close();
      if (status !== 'failed') throw new RangeError(`the first run ended as ${status}`);
    },
  };
}
