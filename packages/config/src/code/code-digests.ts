import { resolve } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { shownPath } from '../find/shown-path.ts';
import { Manifests } from './manifests.ts';
import { type CodeFile, type ModuleFacts, readModule } from './module-facts.ts';
import { realPath } from './real-path.ts';
import { digest } from './reduce-source.ts';
import type { ImportTarget, PackageVersion } from './resolve-import.ts';

/** The code that a module runs: its own, that of the local modules it imports, and packages by version. */
export interface CodeDigest {
  /**
   * 32 hex digits. Does not depend on the root, nor on comments, formatting and types, and changes
   * when the meaning of any of the files does, or a version.
   */
  readonly hash: string;
  /** Sorted by file. */
  readonly files: readonly CodeFile[];
  /** Sorted by name, then version. */
  readonly packages: readonly PackageVersion[];
  /**
   * What the digest does not see, as `file:line: reason` or `file: reason`, sorted: imports that are
   * computed or lead nowhere, files that cannot be read or parsed. Empty when it is complete.
   */
  readonly unknown: readonly string[];
}

export interface CodeDigestsOptions {
  /** Files are shown relative to it. Default: the working directory. */
  readonly root?: string;
}

/**
 * Digests of modules, without running them. Every file is read once in the life of an instance, so
 * an instance stands for one moment: make a new one to see edits.
 * Not seen: files that code opens itself, workers, `eval`.
 */
export class CodeDigests {
  readonly #root: string;
  readonly #manifests = new Manifests();
  /** By real path, as #digests. */
  readonly #modules = new Map<string, Promise<ModuleFacts>>();
  readonly #digests = new Map<string, Promise<CodeDigest>>();

  constructor({ root = process.cwd() }: CodeDigestsOptions = {}) {
    this.#root = realPath(resolve(root));
  }

  /** Never throws: a file that is not there has an empty digest that says so. */
  of(file: string): Promise<CodeDigest> {
    const real = realPath(resolve(this.#root, file));
    const known = this.#digests.get(real) ?? this.#collect(real);
    this.#digests.set(real, known);
    return known;
  }

  async #collect(entry: string): Promise<CodeDigest> {
    // Files by the order in which imports lead to them: a name for each that no path is part of.
    const places = new Map([[entry, 0]]);
    const meaning: string[] = [];
    const files: CodeFile[] = [];
    const packages = new Map<string, PackageVersion>();
    const unknown: string[] = [];
    // The map grows while it is walked.
    for (const path of places.keys()) {
      const { file, targets, gaps } = await this.#factsOf(path);
      if (file !== undefined) files.push(file);
      unknown.push(...gaps);
      for (const target of targets) {
        if (target.kind === 'file' && !places.has(target.file)) {
          places.set(target.file, places.size);
        } else if (target.kind === 'package') {
          packages.set(String(nameOf(target, places)), target.package);
        }
      }
      meaning.push(JSON.stringify([file?.hash, targets.map((target) => nameOf(target, places))]));
    }
    return {
      hash: digest(meaning.join('\n')),
      files: files.sort((a, b) => inOrder(a.file, b.file)),
      packages: [...packages.values()].sort(
        (a, b) => inOrder(a.name, b.name) || inOrder(a.version, b.version),
      ),
      unknown: unknown.sort(),
    };
  }

  #factsOf(file: string): Promise<ModuleFacts> {
    const known = this.#modules.get(file);
    if (known !== undefined) return known;
    // Parsing takes a moment each, so others get their turn in between.
    const facts = setImmediate().then(() =>
      readModule(file, shownPath(file, this.#root), this.#manifests),
    );
    this.#modules.set(file, facts);
    return facts;
  }
}

function nameOf(target: ImportTarget, places: ReadonlyMap<string, number>): string | number {
  switch (target.kind) {
    case 'file':
      return places.get(target.file) ?? -1;
    case 'package':
      return `${target.package.name}@${target.package.version}`;
    case 'nothing':
    case 'unknown':
      return target.kind;
    default:
      return target satisfies never;
  }
}

/** By code units: the order must not depend on the language of the machine. */
function inOrder(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
