import { existsSync } from 'node:fs';
import { type Ended, type Going, Workspace } from '../../cli/testing-local/workspace.ts';
import { CANARIES, CANARY_ENV } from './canaries.ts';
import { CanaryConfig, type CanaryKind } from './canary-config.ts';
import { brokenSource, MISUSE } from './misuse-source.ts';
import { filesIn, recordsIn, tablesIn } from './store-contents.ts';
import { Sweep } from './sweep.ts';
import type { Telling } from './tellings.ts';

/** Commands that wait for nothing but the processor. */
const AT_ONCE = 2;

/** A project full of canaries; whatever its commands give is searched. */
export class CanaryScene {
  readonly workspace = new Workspace('canary');
  readonly config: CanaryConfig;
  readonly sweep = new Sweep(CANARIES);
  readonly #env: Readonly<Record<string, string>>;

  constructor(kind: CanaryKind) {
    // Most of the time of a command goes into the reading of its own modules.
    this.#env = { ...CANARY_ENV, NODE_COMPILE_CACHE: this.workspace.path('compiled') };
    this.config = new CanaryConfig(kind);
    for (const [name, text] of this.config.files()) this.workspace.write(name, text);
    this.workspace.write('stages/misuse.ts', MISUSE);
    for (const { name } of CANARIES) {
      this.workspace.write(`stages/broken-${name}.ts`, brokenSource(name, 'at once'));
      this.workspace.write(`stages/crashing-${name}.ts`, brokenSource(name, 'later'));
    }
  }

  /** Gives a command and searches what it prints. @param output its kind */
  async tell(output: string, args: readonly string[]): Promise<Ended> {
    const ended = await this.workspace.run(args, this.#env);
    this.#search(output, args, ended);
    return ended;
  }

  /** Gives commands that do not depend on each other. */
  async tellAll(tellings: readonly Telling[]): Promise<readonly Ended[]> {
    const ended: Ended[] = [];
    const waiting = tellings.entries();
    const tellOn = async (): Promise<void> => {
      for (const [at, [output, args]] of waiting) ended[at] = await this.tell(output, args);
    };
    await Promise.all(Array.from({ length: AT_ONCE }, tellOn));
    return ended;
  }

  /** Gives a command and kills it as soon as its output fits. */
  async tellUntilKilled(output: string, args: readonly string[], pattern: RegExp): Promise<Ended> {
    const going: Going = this.workspace.start(args, this.#env);
    await going.until(pattern);
    going.child.kill('SIGKILL');
    const ended = await going.ended;
    this.#search(output, args, ended);
    return ended;
  }

  searchFile(output: string, name: string): void {
    const { workspace, sweep } = this;
    if (existsSync(workspace.path(name))) sweep.search(output, name, workspace.read(name));
  }

  /** Searches a store and what lies beside it: the bytes of every file, and all that can be read of them. */
  async searchStore(folder: string, database: string): Promise<void> {
    const { workspace, sweep } = this;
    for (const [name, bytes] of filesIn(workspace.path(folder))) {
      sweep.search(name.startsWith('logs') ? 'log file' : 'file of the store', name, bytes);
      sweep.search('name of a file', name, name);
    }
    const file = workspace.path(`${folder}/${database}`);
    for (const [table, text] of tablesIn(file)) sweep.search('table of the store', table, text);
    for (const [run, text] of await recordsIn(`sqlite:${file}`))
      sweep.search('values of a run', run, text);
  }

  remove(): void {
    this.workspace.remove();
  }

  #search(output: string, args: readonly string[], { stdout, stderr }: Ended): void {
    this.sweep.search(`${output}, stdout`, args.join(' '), stdout);
    this.sweep.search(`${output}, stderr`, args.join(' '), stderr);
  }
}
