import { unreachable } from '../base/invariant.ts';
import { dependantArcs, dependencyArcs } from '../graph/compact-graph.ts';
import { matchesGlob } from './matches-glob.ts';
import type { SelectablePipeline, StatusLookup } from './selection.ts';
import type { NamePattern, SelectionAtom, SelectionTerm } from './selection-term.ts';
import { isInGroup } from './stage-group.ts';
import { STAGE_STATES, stateOf } from './stage-states.ts';
import { withinReach } from './within-reach.ts';

/** Finds the stages that a term means. */
export class StageMatcher {
  readonly #pipeline: SelectablePipeline;
  readonly #statusOf: StatusLookup;

  constructor(pipeline: SelectablePipeline, statusOf: StatusLookup) {
    this.#pipeline = pipeline;
    this.#statusOf = statusOf;
  }

  /**
   * Stages by index, each once, in no order; undefined where the term names nothing that exists. A state
   * exists also when no stage is in it. O(1) for an id alone, else O(stages + dependencies).
   */
  match({ atom, ancestors, descendants }: SelectionTerm): readonly number[] | undefined {
    const named = this.#matchAtom(atom);
    if (named === undefined || (ancestors === 0 && descendants === 0)) return named;
    const { graph } = this.#pipeline;
    const above = withinReach(dependencyArcs(graph), named, ancestors);
    const below = withinReach(dependantArcs(graph), named, descendants);
    const isAbove = new Uint8Array(graph.count);
    for (const node of above) isAbove[node] = 1;
    return [...above, ...below.filter((node) => isAbove[node] === 0)];
  }

  #matchAtom({ kind, name }: SelectionAtom): readonly number[] | undefined {
    switch (kind) {
      case 'stage':
        return name.isGlob ? unlessEmpty(this.#filterIds(fits(name))) : this.#named(name.text);
      case 'tag': {
        const { tagsOf } = this.#pipeline;
        return unlessEmpty(this.#filter((index) => tagsOf(index).some(fits(name))));
      }
      case 'state': {
        const state = STAGE_STATES.find((known) => known === name.text);
        if (state === undefined) return undefined;
        return this.#filterIds((id) => stateOf(this.#statusOf(id)) === state);
      }
      default:
        return unreachable(kind, 'unknown kind of atom');
    }
  }

  /** The stage of that id, else the group of that name. */
  #named(name: string): readonly number[] | undefined {
    const index = this.#pipeline.graph.indexById.get(name);
    if (index !== undefined) return [index];
    return unlessEmpty(this.#filterIds((id) => isInGroup(id, name)));
  }

  #filterIds(accepts: (id: string) => boolean): readonly number[] {
    const { ids } = this.#pipeline.graph;
    return this.#filter((index) => accepts(ids[index] as string));
  }

  #filter(accepts: (index: number) => boolean): readonly number[] {
    const found: number[] = [];
    for (let index = 0; index < this.#pipeline.graph.count; index++) {
      if (accepts(index)) found.push(index);
    }
    return found;
  }
}

function fits({ text, isGlob }: NamePattern): (name: string) => boolean {
  return isGlob ? (name) => matchesGlob(text, name) : (name) => name === text;
}

function unlessEmpty(nodes: readonly number[]): readonly number[] | undefined {
  return nodes.length === 0 ? undefined : nodes;
}
