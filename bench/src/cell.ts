/** Measures one adapter on one workload in a process of its own and prints one JSON line. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ADAPTERS } from './adapters/index.ts';
import { buildWorkload } from './workload.ts';

const [workloadName = '', adapterName = ''] = process.argv.slice(2);
const chosen = ADAPTERS[adapterName];
if (chosen === undefined) throw new RangeError(`unknown adapter ${adapterName}`);
const folder = mkdtempSync(join(tmpdir(), 'millrace-bench-'));
try {
  const measured = await chosen.adapter.run(buildWorkload(workloadName), folder);
  console.log(JSON.stringify(measured));
} finally {
  rmSync(folder, { recursive: true, force: true });
}
