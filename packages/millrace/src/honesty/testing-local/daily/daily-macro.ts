import { globSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { EditedProject } from '../project/edited-project.ts';
import { importersOf } from '../project/importers-of.ts';

const ROOT = fileURLToPath(new URL('../../../../../..', import.meta.url));
const CONFIG = 'pipeline.yaml';

/** The example, as its author would edit it: by hand, in the text of its files. */
export class DailyMacro {
  readonly project: EditedProject;
  readonly env: Readonly<Record<string, string>> = {};
  /** Ids in the order of the config; each is the name of its module as well. */
  readonly stages: readonly string[];
  readonly helpers: readonly string[];
  #count = 0;

  constructor() {
    const original = `${ROOT}/examples/daily-macro`;
    const parts = ['package.json', CONFIG, 'stages', 'src', 'data'];
    this.project = EditedProject.copyOf(original, parts);
    this.project.link(`${ROOT}/node_modules`, 'node_modules');
    const ids = this.text.matchAll(/^ {2}([\w-]+):\n {4}uses:/gm);
    this.stages = Array.from(ids, ([, id]) => id ?? '');
    this.helpers = globSync('src/**/*.ts', { cwd: this.project.folder }).filter(
      (name) => !name.endsWith('.test.ts') && this.importersOf(name).length > 0,
    );
  }

  get config(): string {
    return this.project.path(CONFIG);
  }

  get text(): string {
    return this.project.read(CONFIG);
  }

  count(): number {
    this.#count += 1;
    return this.#count;
  }

  moduleOf(stage: string): string {
    return `stages/${stage}.ts`;
  }

  /** Stages that run a file. */
  importersOf(file: string): readonly string[] {
    const modules = this.stages.map((stage) => this.moduleOf(stage));
    const found = new Set(importersOf(this.project, modules, file));
    return this.stages.filter((stage) => found.has(this.moduleOf(stage)));
  }

  editConfig(change: (text: string) => string): void {
    this.project.edit(CONFIG, change);
  }

  /** `file:line:column` of the first text that a pattern finds. */
  place(pattern: RegExp): string {
    const before = this.text.slice(0, this.text.search(pattern)).split('\n');
    return `${CONFIG}:${before.length}:${(before.at(-1)?.length ?? 0) + 1}`;
  }
}
