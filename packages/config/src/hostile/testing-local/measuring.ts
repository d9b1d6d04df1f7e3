import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { HostileCase } from './hostile-case.ts';
import type { Measure } from './measure.ts';

const CHILD = join(import.meta.dirname, 'load-hostile.ts');
/** Far beyond what any load takes: only what never ends ends here. */
const TIMEOUT_MS = 120_000;
const MAX_OUTPUT = 64 * 1024 * 1024;

/** A stage whose module leaves a mark when it is imported. */
const STAGE = `
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PipelineStage } from '@millrace/core';
writeFileSync(join(import.meta.dirname, 'imported'), '');
export default class Marking extends PipelineStage.of({}) {
  async run() { return {}; }
}`;

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

  /** Each case in a folder of its own, one behind the other in one process. */
  async measure(cases: readonly HostileCase[]): Promise<Measure[]> {
    const files: string[] = [];
    for (const one of cases) files.push(await this.#write(one));
    const { stdout } = await promisify(execFile)(
      process.execPath,
      ['--no-warnings', CHILD, ...files],
      {
        timeout: TIMEOUT_MS,
        maxBuffer: MAX_OUTPUT,
        // Compiled once, the sources cost no more memory than the package that is built of them.
        env: { ...process.env, NODE_COMPILE_CACHE: join(this.#folder, 'compiled') },
      },
    );
    return JSON.parse(stdout) as Measure[];
  }

  async remove(): Promise<void> {
    await rm(this.#folder, { recursive: true, force: true });
  }

  async #write({ file, content }: HostileCase): Promise<string> {
    this.#cases += 1;
    const folder = join(this.#folder, String(this.#cases));
    await mkdir(folder);
    await writeFile(join(folder, 'package.json'), '{ "type": "module" }');
    await writeFile(join(folder, 'stage.ts'), STAGE);
    await writeFile(join(folder, file), content());
    return join(folder, file);
  }
}
