/** Loads one generated config in a process of its own, plans it, and prints one JSON line. */
import { mkdtempSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadConfigOrThrow } from '@millrace/config';
import { MemoryStore, PipelineExecutor } from '@millrace/core';
import { generateConfig } from './generate-config.ts';

export interface MeasuredConfig {
  readonly bytes: number;
  readonly loadMs: number;
  readonly planMs: number;
  /** Largest resident set so far, MB. */
  readonly peakMb: number;
}

const [, , count, packages = ''] = process.argv;
const stages = Number(count);
const folder = mkdtempSync(join(tmpdir(), 'millrace-curve-'));
try {
  const file = generateConfig(folder, stages);
  symlinkSync(packages, join(folder, 'node_modules'), 'dir');
  const began = performance.now();
  const { pipeline } = await loadConfigOrThrow({ file, cwd: folder, maxBytes: 2 ** 26 });
  const loaded = performance.now();
  const plan = await new PipelineExecutor({ store: new MemoryStore() }).planStart(pipeline);
  const planned = performance.now();
  if (plan.counts.run !== stages) throw new RangeError(`${plan.counts.run} of ${stages} to run`);
  const measured: MeasuredConfig = {
    bytes: statSync(file).size,
    loadMs: loaded - began,
    planMs: planned - loaded,
    peakMb: process.resourceUsage().maxRSS / 1024,
  };
  console.log(JSON.stringify(measured));
} finally {
  rmSync(folder, { recursive: true, force: true });
}
