/** The only file of the package that imports immer. */
import { applyPatches, enableMapSet, enablePatches, type Patch, produceWithPatches } from 'immer';

enablePatches();
enableMapSet();

export { applyPatches, type Patch, produceWithPatches };
