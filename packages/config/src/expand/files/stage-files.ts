import { dirname } from 'node:path';
import { formatPath, type PathSegment, type Result } from '@millrace/core';
import type { Problems } from '../../source/problems.ts';
import { type ConfigNode, childOf, type ScalarNode } from '../../tree/config-node.ts';
import { projectRoot } from '../../uses/project-root.ts';
import { fileOf } from '../../uses/relocate-uses.ts';
import { type FilesFault, findDataFiles } from './find-data-files.ts';

interface FilesOptions {
  /** Absolute path of the config, whose project relative paths may not lead out of. */
  readonly configFile: string;
  /** Absolute; files are shown relative to it. */
  readonly folder: string;
  readonly unfilled: ReadonlySet<ConfigNode>;
  readonly problems: Problems;
}

/** Finds the files that stages read beside their inputs. */
export class StageFiles {
  readonly #options: FilesOptions;
  readonly #root: string;
  /** By folder and text: instances of a stage often read the same files. */
  readonly #known = new Map<string, Promise<Result<readonly string[], FilesFault>>>();

  constructor(options: FilesOptions) {
    this.#options = options;
    this.#root = projectRoot(dirname(options.configFile));
  }

  /** Absolute paths, sorted; undefined for a stage that names none, or when something was reported. */
  async of(id: string, stage: ConfigNode): Promise<readonly string[] | undefined> {
    const list = childOf(stage, 'files');
    // Another type is refused with the other fields of the stage.
    if (list?.kind !== 'list') return undefined;
    const files = new Set<string>();
    let isSound = true;
    for (const [index, item] of list.items.entries()) {
      const found = await this.#filesAt(item, ['stages', id, 'files', index]);
      for (const file of found ?? []) files.add(file);
      isSound &&= found !== undefined;
    }
    return isSound ? [...files].sort() : undefined;
  }

  async #filesAt(
    node: ConfigNode,
    path: readonly PathSegment[],
  ): Promise<readonly string[] | undefined> {
    if (node.kind !== 'scalar' || typeof node.value !== 'string' || node.value === '')
      return undefined;
    if (this.#options.unfilled.has(node)) return undefined;
    const found = await this.#find(node, node.value);
    if (found.ok) return found.value;
    const message = `${formatPath(path)}: ${found.problem.message}`;
    this.#options.problems.report({ ...found.problem, message, at: node.span, path });
    return undefined;
  }

  #find({ span }: ScalarNode, text: string): Promise<Result<readonly string[], FilesFault>> {
    const folder = dirname(fileOf(span.source, this.#options));
    const key = JSON.stringify([folder, text]);
    const known = this.#known.get(key) ?? findDataFiles({ text, folder, root: this.#root });
    this.#known.set(key, known);
    return known;
  }
}
