import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import type { HostileCase } from './hostile-case.ts';
import type { Measure } from './measure.ts';

const CHILD = join(import.meta.dirname, 'load-hostile.ts');
/** Far beyond what any of them takes: only what never ends ends here. */
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

/** Loads each case in a folder of its own, one behind the other in one process. */
export async function measureCases(cases: readonly HostileCase[]): Promise<Measure[]> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'millrace-hostile-')));
  try {
    const files: string[] = [];
    for (const [index, { file, content }] of cases.entries()) {
      const path = join(folder, String(index), file);
      await mkdir(dirname(path));
      await writeFile(join(dirname(path), 'package.json'), '{ "type": "module" }');
      await writeFile(join(dirname(path), 'stage.ts'), STAGE);
      await writeFile(path, content());
      files.push(path);
    }
    const { stdout } = await promisify(execFile)(
      process.execPath,
      ['--no-warnings', CHILD, ...files],
      { timeout: TIMEOUT_MS, maxBuffer: MAX_OUTPUT },
    );
    return JSON.parse(stdout) as Measure[];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
