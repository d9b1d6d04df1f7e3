import { existsSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { packages, ROOT } from './repository.ts';

/** Commands of the checks themselves, first in the PATH. */
export const SHIMS = 'node_modules/.docs';

/** The real one takes half a second to find what lies beside it. Programs see by the variable that it is npx. */
const NPX = '#!/bin/sh\nnpm_execpath=npx PATH="node_modules/.bin:$PATH" exec "$@"\n';

/** Makes a folder look as if the packages of this repository were installed in it. */
export function linkPackages(folder: string): void {
  const modules = join(folder, 'node_modules');
  mkdirSync(join(modules, '.bin'), { recursive: true });
  for (const { name, folder: target, bin } of packages()) {
    link(target, join(modules, name));
    for (const [command, script] of Object.entries(bin)) {
      link(join(target, script), join(modules, '.bin', command));
    }
  }
  link(join(ROOT, 'node_modules', '@types'), join(modules, '@types'));
  link(join(ROOT, 'node_modules', '.bin', 'tsc'), join(modules, '.bin', 'tsc'));
  mkdirSync(join(folder, SHIMS), { recursive: true });
  writeFileSync(join(folder, SHIMS, 'npx'), NPX, { mode: 0o755 });
}

function link(target: string, path: string): void {
  if (existsSync(path)) return;
  mkdirSync(dirname(path), { recursive: true });
  symlinkSync(target, path);
}
