import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { HostileCase } from './hostile-case.ts';
import { LoadProcess } from './load-process.ts';
import type { Outcome } from './measure.ts';

/** A stage whose module leaves a mark when it is imported. */
const STAGE = `
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PipelineStage } from '@millrace/core';
writeFileSync(join(import.meta.dirname, 'imported'), '');
export default class Marking extends PipelineStage.of({}) {
  async run() { return {}; }
}`;

interface MeasuringOptions {
  /** Of each process. Default: as Node chooses. */
  readonly heapMb?: number;
  /** Processes at a time. Default 1. */
  readonly concurrency?: number;
}

/** Loads files in processes of their own, which are told apart by nothing but the files. */
export class Measuring {
  readonly #folder: string;
  #cases = 0;

  private constructor(folder: string) {
    this.#folder = folder;
  }

  static async create(): Promise<Measuring> {
    return new Measuring(await realpath(await mkdtemp(join(tmpdir(), 'millrace-hostile-'))));
  }

  /** In the order of the cases. A case that ends its process ends no other. */
  async measure(
    cases: readonly HostileCase[],
    { heapMb, concurrency = 1 }: MeasuringOptions = {},
  ): Promise<readonly Outcome[]> {
    const outcomes: Outcome[] = [];
    const queue = cases.entries();
    const drain = async (): Promise<void> => {
      const start = (): LoadProcess => new LoadProcess({ folder: this.#folder, heapMb });
      let loading = start();
      try {
        for (const [index, one] of queue) {
          if (!loading.isAlive) loading = start();
          outcomes[index] = await this.#measure(one, loading);
        }
      } finally {
        await loading.end();
      }
    };
    await Promise.all(Array.from({ length: concurrency }, drain));
    return outcomes;
  }

  async remove(): Promise<void> {
    await rm(this.#folder, { recursive: true, force: true });
  }

  /** In a folder of its own, which takes too much of the disk to be kept. */
  async #measure({ file, content }: HostileCase, loading: LoadProcess): Promise<Outcome> {
    this.#cases += 1;
    const folder = join(this.#folder, String(this.#cases));
    await mkdir(folder);
    await writeFile(join(folder, 'package.json'), '{ "type": "module" }');
    await writeFile(join(folder, 'stage.ts'), STAGE);
    await writeFile(join(folder, file), content());
    const outcome = await loading.load(join(folder, file));
    await rm(folder, { recursive: true });
    return outcome;
  }
}
