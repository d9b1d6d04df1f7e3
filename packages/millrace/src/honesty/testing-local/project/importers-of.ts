import { dirname, join } from 'node:path';
import type { EditedProject } from './edited-project.ts';

/** A statement that only brings types is left out of what runs. */
const IMPORT = /^(?:import|export)(?! type\b)[^;'"]*?from ['"](\.[^'"]+)['"]/gm;

/** Those of the modules that import a file, however deep, or are that file. */
export function importersOf(
  project: EditedProject,
  modules: readonly string[],
  file: string,
): readonly string[] {
  const importsOf = new Map<string, readonly string[]>();
  return modules.filter((module) => {
    const reached = new Set([module]);
    for (const name of reached) {
      const imports = importsOf.get(name) ?? importsIn(project, name);
      importsOf.set(name, imports);
      for (const imported of imports) reached.add(imported);
    }
    return reached.has(file);
  });
}

function importsIn(project: EditedProject, name: string): readonly string[] {
  const found = project.read(name).matchAll(IMPORT);
  return Array.from(found, ([, specifier]) => join(dirname(name), specifier ?? ''));
}
