// A thread of its own in which a project is loaded anew after each of its edits.
import { parentPort, workerData } from 'node:worker_threads';
import { freshModulesIn } from './fresh-modules.ts';
import type { HonestyRequest } from './honesty-request.ts';
import { replayEdit } from './replay-edit.ts';

const nextEdit = freshModulesIn(String(workerData));

parentPort?.on('message', async (request: HonestyRequest) => {
  nextEdit();
  try {
    parentPort?.postMessage({ report: await replayEdit(request) });
  } catch (error) {
    parentPort?.postMessage({ fault: error instanceof Error ? error.stack : String(error) });
  }
});
