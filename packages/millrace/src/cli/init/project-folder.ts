import { lstatSync, readFileSync, type Stats, statSync } from 'node:fs';
import { dirname, join, sep } from 'node:path';
import { MillraceError } from '@millrace/core';
import { CONFIG, type ExistingTexts, GITIGNORE, MANIFEST, TSCONFIG } from './project-plan.ts';

/** The folder of a new project, as it was found. */
export class ProjectFolder {
  /** Absolute; it need not be there. */
  readonly path: string;
  readonly existing: ExistingTexts;

  /** @throws MillraceError INIT_FOLDER when something else than a folder is there, or it cannot be looked into */
  constructor(path: string) {
    this.path = path;
    const isFolder = lookAt(path, statSync)?.isDirectory() ?? true;
    if (!isFolder) throw noFolder(path, 'is no folder');
    this.existing = {
      manifest: this.#read(MANIFEST),
      gitignore: this.#read(GITIGNORE),
      tsconfig: this.#read(TSCONFIG),
    };
  }

  file(path: string): string {
    return join(this.path, path);
  }

  /** True for a link that leads nowhere too: what is written through it would land elsewhere. */
  has(path: string): boolean {
    return lookAt(this.file(path), lstatSync) !== undefined;
  }

  /** The path of a config of another name or format, of which a second one would be the rival. */
  async otherConfig(): Promise<string | undefined> {
    const { findConfig } = await import('@millrace/config');
    const isThere = lookAt(this.path, statSync) !== undefined;
    const found = isThere ? await findConfig(this.path) : undefined;
    if (found === undefined || found === this.file(CONFIG)) return undefined;
    const isHere = [this.path, this.file('.config')].includes(dirname(found));
    return isHere ? found.slice(this.path.length + sep.length) : undefined;
  }

  #read(path: string): string | undefined {
    const file = this.file(path);
    return lookAt(file, statSync)?.isFile() === true ? readFileSync(file, 'utf8') : undefined;
  }
}

/** Undefined when nothing is there. */
function lookAt(path: string, look: (path: string) => Stats): Stats | undefined {
  try {
    return look(path);
  } catch (error) {
    const code: unknown = Reflect.get(Object(error), 'code');
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    throw noFolder(path, `cannot be looked at: ${code}`);
  }
}

function noFolder(path: string, why: string): MillraceError {
  return new MillraceError('INIT_FOLDER', `${path} ${why}`, {
    details: { path },
    help: 'name another folder; one that is not there is made',
  });
}
