import { isStageClass, type StageClass } from '@millrace/core';

/** The exports of a module that stages may use. */
export type ModuleExports = Readonly<Record<string, unknown>>;

/** Finds the class that a `uses` means, among those that the folder of a config really has. */
export class KnownClasses {
  readonly #modules: ReadonlyMap<string, ModuleExports>;

  /** @param modules by absolute path, or by the name of a package */
  constructor(modules: ReadonlyMap<string, ModuleExports>) {
    this.#modules = modules;
  }

  /** @param uses with an absolute path for a file */
  find(uses: string): StageClass | undefined {
    const [, module = '', name = 'default'] = /^([^#]*)(?:#(.*))?$/s.exec(uses) ?? [];
    const found = this.#modules.get(module)?.[name];
    return isStageClass(found) ? found : undefined;
  }
}
