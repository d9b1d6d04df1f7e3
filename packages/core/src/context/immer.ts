/** The only file of the package that imports immer. */
import { enableMapSet, enablePatches, Immer, type Patch } from 'immer';

enablePatches();
enableMapSet();

/** Freezes nothing: a recipe may put in an object that its author goes on using. Results are sealed anyway. */
export const produceWithPatches: Immer['produceWithPatches'] = new Immer({ autoFreeze: false })
  .produceWithPatches;

export type { Patch };
