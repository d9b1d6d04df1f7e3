// Runs or resumes the mortal pipeline in a process of its own, which may kill itself at a named write.
import { writeSync } from 'node:fs';
import {
  type CheckpointStore,
  InterceptedStore,
  isWrite,
  PipelineExecutor,
  type RunResult,
  type StoreCall,
} from '@millrace/core';
import { openSqliteStore } from '../open-sqlite-store.ts';
import { mortalPipeline, noteExecutionsIn } from './mortal-pipeline.ts';

/** Names each write as `commit#3:before` and dies at the one that is asked for. */
class MortalStore extends InterceptedStore {
  readonly #killPoint: string | undefined;
  readonly #counts = new Map<string, number>();
  readonly points: string[] = [];

  constructor(store: CheckpointStore, killPoint: string | undefined) {
    super(store);
    this.#killPoint = killPoint;
  }

  protected override intercept<Answer>(
    call: StoreCall,
    proceed: () => Answer | Promise<Answer>,
  ): Answer | Promise<Answer> {
    if (!isWrite(call)) return proceed();
    const count = (this.#counts.get(call.method) ?? 0) + 1;
    this.#counts.set(call.method, count);
    this.#pass(`${call.method}#${count}:before`);
    const answer = proceed();
    this.#pass(`${call.method}#${count}:after`);
    return answer;
  }

  #pass(point: string): void {
    this.points.push(point);
    if (point === this.#killPoint) process.kill(process.pid, 'SIGKILL');
  }
}

const [path = '', executions = '', killPoint] = process.argv.slice(2);
noteExecutionsIn(executions);
const store = new MortalStore(openSqliteStore(path), killPoint);
const executor = new PipelineExecutor({ store, random: () => 0 });
const pipeline = mortalPipeline();
const [newest] = await store.listRuns({ pipeline: pipeline.name, limit: 1 });
const handle =
  newest === undefined
    ? await executor.start(pipeline)
    : await executor.resume(newest.id, pipeline);
const result = await handle.result;
await store.close();
const report = { status: result.status, context: contextHashes(result), points: store.points };
writeSync(1, `${JSON.stringify(report)}\n`);

function contextHashes({ context }: RunResult): Record<string, string | undefined> {
  return Object.fromEntries(context.keys().map((key) => [key, context.hashOf(key)]));
}
