import type { SeededRandom } from '@millrace/core';

export type Explanations = Readonly<Record<string, string | RegExp>>;

/** What a plan must say after an edit, and what must come of it. */
export interface Foreseen {
  /** Stages that run for a reason of their own: the whole explanation, by id. */
  readonly runs?: Explanations;
  /** Stages that are left out for a reason of their own. */
  readonly skips?: Explanations;
  /**
   * What comes of the stages that read from them. `kept`: the values stay the same, so none of them runs.
   * `spreads`: some of them run. `any`: that depends on the values.
   */
  readonly effect: 'kept' | 'spreads' | 'any';
}

/** Nothing runs again. */
export const NOTHING: Foreseen = { effect: 'kept' };

/** Changes a project on the disk as people do. Any number of them may follow each other. */
export type EditKind<Project> = (project: Project, random: SeededRandom) => Foreseen;

export type EditKinds<Project> = Readonly<Record<string, EditKind<Project>>>;

export function oneOf<Item>(items: readonly Item[], random: SeededRandom): Item {
  return items[random.integer(items.length)] as Item;
}
