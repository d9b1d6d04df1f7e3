/**
 * Plans the resume of a run in which nothing has changed and only the last stage failed, in a process of its own, and
 * prints one line of JSON. The run itself was made by another process.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PipelineExecutor } from '@millrace/core';
import {
  type MillraceOptions,
  millraceAdapter,
  openStore,
  RUN_ID,
} from '../adapters/millrace/millrace-adapter.ts';
import { toPipeline } from '../adapters/millrace/to-pipeline.ts';
import { median } from '../report/statistics.ts';
import type { Workload } from '../workloads/workload.ts';
import { buildWorkload } from '../workloads/workload-facts.ts';

export interface MeasuredPlan {
  /** Milliseconds of the first plan of the process; the store is open and the pipeline defined. */
  readonly coldMs: number;
  /** Median of some more, milliseconds. */
  readonly warmMs: number;
}

const REPEATS = 5;
const OPTIONS: MillraceOptions = { synchronous: 'full', durability: 'strict' };

const [, program = '', stages = '', failIn] = process.argv;
const workload: Workload = {
  ...buildWorkload(Number(stages) === 1_000 ? 'W3' : 'W4'),
  kind: 'resume',
};
if (failIn === undefined) await print();
else await millraceAdapter(OPTIONS).fail?.(workload, failIn);

async function print(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'millrace-plan-'));
  try {
    const options = [...process.execArgv, program, stages, folder];
    const { status, stderr } = spawnSync(process.execPath, options, { encoding: 'utf8' });
    if (status !== 0) throw new RangeError(`the first run could not be made: ${stderr}`);
    console.log(JSON.stringify(await measure(folder)));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function measure(folder: string): Promise<MeasuredPlan> {
  const store = openStore(folder, OPTIONS);
  const pipeline = toPipeline(workload);
  const executor = new PipelineExecutor({ store });
  const plan = async (): Promise<number> => {
    const began = performance.now();
    const { counts } = await executor.planResume(RUN_ID, pipeline);
    const ms = performance.now() - began;
    if (counts.run !== 1) throw new RangeError(`${counts.run} stages to run, not 1`);
    return ms;
  };
  const coldMs = await plan();
  const repeats: number[] = [];
  while (repeats.length < REPEATS) repeats.push(await plan());
  await store.close();
  return { coldMs, warmMs: median(repeats) };
}
