import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
const PROGRAM = join(ROOT, 'packages/millrace/bin/millrace.js');

/** Notes how long its process has lived, and kills it. */
const STAGE = `import { writeFileSync } from 'node:fs';
import { PipelineStage } from 'millrace';

export default class Last extends PipelineStage {
  run() {
    writeFileSync('started', String(performance.now()));
    process.kill(process.pid, 'SIGKILL');
  }
}
`;

const CONFIG = `name: killed
stages:
  first: { uses: ./stages/first.ts }
  last: { uses: ./stages/last.ts, needs: [first] }
`;

/** A run whose last stage kills its process each time, so that it can be resumed as often as one likes. */
export class KilledProject {
  readonly #folder = mkdtempSync(join(tmpdir(), 'millrace-recovery-'));

  constructor() {
    mkdirSync(join(this.#folder, 'stages'));
    symlinkSync(join(ROOT, 'node_modules'), join(this.#folder, 'node_modules'), 'dir');
    this.#write('package.json', '{ "type": "module" }');
    this.#write('stages/last.ts', STAGE);
    this.#write(
      'stages/first.ts',
      "import { PipelineStage } from 'millrace';\nexport default class First extends PipelineStage { run() {} }\n",
    );
    this.#write('killed.yaml', CONFIG);
    this.#run('run', 'killed.yaml');
  }

  /** Milliseconds from the start of the process to that of the stage. */
  resume(): number {
    this.#write('started', 'never');
    this.#run('resume');
    const startedMs = Number(readFileSync(join(this.#folder, 'started'), 'utf8'));
    if (Number.isFinite(startedMs)) return startedMs;
    throw new RangeError('the resume did not come to its stage');
  }

  remove(): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }

  #run(...args: readonly string[]): void {
    spawnSync(process.execPath, [PROGRAM, ...args], { cwd: this.#folder, stdio: 'ignore' });
  }

  #write(name: string, text: string): void {
    writeFileSync(join(this.#folder, name), text);
  }
}
