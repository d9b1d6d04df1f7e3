import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { EditReport } from './edit-report.ts';
import type { HonestyRequest } from './honesty-request.ts';

type Answer = { readonly report: EditReport } | { readonly fault: string };

/** A running `honesty-process.ts`. */
export class HonestyThread {
  readonly #worker: Worker;

  /** @param folder real path of the project, whose modules are loaded anew for each request */
  constructor(folder: string) {
    this.#worker = new Worker(new URL('honesty-process.ts', import.meta.url), {
      workerData: folder,
    });
  }

  async ask(request: HonestyRequest): Promise<EditReport> {
    this.#worker.postMessage(request);
    const [answer] = (await once(this.#worker, 'message')) as [Answer];
    if ('report' in answer) return answer.report;
    throw new Error(`the edited project could not be run: ${answer.fault}`);
  }

  async end(): Promise<void> {
    await this.#worker.terminate();
  }
}
