import { merged } from './merge.ts';
import { isMap, mapOf, type PlainMap } from './plain.ts';

/** An entry under `stages` that changes what another one stands for. */
interface Patch {
  readonly base: string;
  readonly label: string | undefined;
  readonly inside: string | undefined;
}

/** Which stage an id such as `score[20,SPY]` or `prep/clean` changes; undefined when it is a stage itself. */
export function patchedBy(id: string, stages: PlainMap): Patch | undefined {
  const [, base = '', , label, , inside] = /^([^[/]+)(\[([^[\]]*)\])?(\/(.+))?$/s.exec(id) ?? [];
  const owner = stages[base];
  if (!isMap(owner) || (label === undefined && inside === undefined)) return undefined;
  const isRepeated = Object.hasOwn(owner, 'matrix') || Object.hasOwn(owner, 'foreach');
  if (label !== undefined && !isRepeated) return undefined;
  return inside === undefined || Object.hasOwn(owner, 'pipeline')
    ? { base, label, inside }
    : undefined;
}

/** Stages that stand for themselves, and what changes the one with an id and a label. */
export class PatchedStages {
  readonly #stages: PlainMap;

  constructor(stages: PlainMap) {
    this.#stages = stages;
  }

  *own(): Iterable<readonly [id: string, stage: unknown]> {
    for (const entry of Object.entries(this.#stages))
      if (patchedBy(entry[0], this.#stages) === undefined) yield entry;
  }

  /** @param label undefined for what changes all instances */
  changed(id: string, stage: PlainMap, label: string | undefined): PlainMap {
    return Object.entries(this.#stages).reduce((all, [key, patch]) => {
      const found = patchedBy(key, this.#stages);
      if (found === undefined || found.base !== id || found.label !== label) return all;
      return merged(
        all,
        found.inside === undefined ? mapOf(patch) : { stages: { [found.inside]: patch } },
      );
    }, stage);
  }

  /** Labels that patches of a stage name. */
  labelsFor(id: string): readonly string[] {
    return Object.keys(this.#stages).flatMap((key) => {
      const found = patchedBy(key, this.#stages);
      return found?.base === id && found.label !== undefined ? [found.label] : [];
    });
  }

  /** Patches that are no maps change nothing and mean nothing. */
  get areMaps(): boolean {
    return Object.values(this.#stages).every(isMap);
  }
}
