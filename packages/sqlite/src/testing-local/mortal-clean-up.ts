// Cleans a store up in a process of its own, which may kill itself at a named write.
import { writeSync } from 'node:fs';
import {
  type CheckpointStore,
  cleanUp,
  InterceptedStore,
  isWrite,
  planCleanUp,
  type StoreCall,
} from '@millrace/core';
import { openSqliteStore } from '../open-sqlite-store.ts';

/** Names each write as `sweep#3:before` and dies at the one that is asked for. */
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

const [path = '', killPoint] = process.argv.slice(2);
const store = new MortalStore(openSqliteStore(path, { inlineLimitBytes: 100 }), killPoint);
const plan = await planCleanUp(store, { keep: 1, unfinished: true });
const { deleted, removed } = await cleanUp(store, plan);
await store.close();
const report = { deleted: deleted.map(({ run }) => run.id), removed, points: store.points };
writeSync(1, `${JSON.stringify(report)}\n`);
