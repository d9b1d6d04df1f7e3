/** Measures one adapter on one workload in a process of its own and prints one line of JSON. */
import { findAdapter } from '../adapters/adapter-list.ts';
import { buildWorkload } from '../workloads/workload-facts.ts';
import type { CellRequest } from './cell-result.ts';
import { measureCell } from './measure-cell.ts';

const request = JSON.parse(process.argv[2] ?? '{}') as CellRequest;
const adapter = await findAdapter(request.adapter).load();
const workload = buildWorkload(request.workload);
if (request.mode === 'fail') {
  if (adapter.fail === undefined) throw new RangeError(`${request.adapter} cannot resume`);
  await adapter.fail(workload, request.folder);
} else {
  const measured = await measureCell(adapter, workload, request);
  process.stdout.write(`${JSON.stringify(measured)}\n`);
}
