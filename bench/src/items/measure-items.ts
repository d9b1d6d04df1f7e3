/** Maps over generated items in a process of its own, resumes the run with one item more, and prints one JSON line. */
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type CheckpointStore,
  definePipeline,
  MappedStage,
  MemoryStore,
  type ModelPipeline,
  PipelineExecutor,
  z,
} from '@millrace/core';
import { openSqliteStore } from '@millrace/sqlite';

export interface MeasuredItems {
  readonly runMs: number;
  readonly resumeMs: number;
  /** Of the database; 0 in memory. */
  readonly bytes: number;
  /** Largest resident set, MB. */
  readonly peakMb: number;
}

let executed = 0;

class Square extends MappedStage.of({
  version: '1',
  inputs: z.object({ numbers: z.array(z.number()) }),
  outputs: z.object({ squares: z.array(z.number()) }),
  map: { over: 'numbers', into: 'squares', concurrency: 16 },
}) {
  override async runItem(number: number): Promise<number> {
    executed++;
    return number * number;
  }
}

function pipelineOf(items: number): ModelPipeline {
  const numbers = Array.from({ length: items }, (_, index) => index);
  return definePipeline({
    name: 'items',
    context: { numbers },
    stages: { square: { stage: Square } },
  });
}

async function measure(open: () => CheckpointStore, items: number): Promise<[number, number]> {
  const store = open();
  const executor = new PipelineExecutor({ store });
  const began = performance.now();
  const first = await executor.start(pipelineOf(items));
  const { context, status } = await first.result;
  const ran = performance.now();
  const squares = context.get('squares') as readonly number[];
  if (status !== 'succeeded' || squares[items - 1] !== (items - 1) ** 2)
    throw new RangeError('wrong');
  executed = 0;
  const resumed = await executor.resume(first.id, pipelineOf(items + 1));
  await resumed.result;
  if (executed !== 1) throw new RangeError(`${executed} items instead of one`);
  const resumeMs = performance.now() - ran;
  await store.close();
  return [ran - began, resumeMs];
}

const [items, kind] = [Number(process.argv[2]), process.argv[3]];
const folder = mkdtempSync(join(tmpdir(), 'millrace-items-'));
const path = join(folder, 'millrace.db');
try {
  const open = (): CheckpointStore =>
    kind === 'memory' ? new MemoryStore() : openSqliteStore(path);
  const [runMs, resumeMs] = await measure(open, items);
  const bytes = kind === 'memory' ? 0 : statSync(path).size;
  const peakMb = process.resourceUsage().maxRSS / 1024;
  console.log(JSON.stringify({ runMs, resumeMs, bytes, peakMb } satisfies MeasuredItems));
} finally {
  rmSync(folder, { recursive: true, force: true });
}
