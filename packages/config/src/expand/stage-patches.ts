import { mergeMaps } from '../layers/merge-nodes.ts';
import { type ConfigNode, type MapEntry, type MapNode, mapNode } from '../tree/config-node.ts';

/** An entry of `stages` that changes an instance, or a stage of a pipeline inside, rather than being a stage. */
export interface StagePatch {
  /** As written: `score[20,SPY]`, `prep/ingest`, `prep[SPY]/ingest`. */
  readonly id: string;
  readonly entry: MapEntry;
  /** The instance that it is for; undefined for all. */
  readonly label: string | undefined;
  /** The stage inside the pipeline that it is for; undefined for the instance itself. */
  readonly inside: string | undefined;
}

export interface SplitStages {
  readonly stages: ReadonlyMap<string, MapEntry>;
  /** By the id of the stage whose instances they change. */
  readonly patches: ReadonlyMap<string, readonly StagePatch[]>;
}

/** Tells stages from changes to what they stand for: `"score[20,SPY]": { timeout: 10m }`. */
export function splitPatches(section: MapNode): SplitStages {
  const stages = new Map(section.entries);
  const patches = new Map<string, StagePatch[]>();
  for (const [id, entry] of section.entries) {
    const found = patchOf(id, section);
    if (found === undefined) continue;
    const { base, label, inside } = found;
    stages.delete(id);
    const known = patches.get(base);
    if (known === undefined) patches.set(base, [{ id, entry, label, inside }]);
    else known.push({ id, entry, label, inside });
  }
  return { stages, patches };
}

/** Whether an id names what a stage of the section stands for, rather than a stage. */
export function isPatchId(id: string, section: MapNode): boolean {
  return patchOf(id, section) !== undefined;
}

interface FoundPatch extends Pick<StagePatch, 'label' | 'inside'> {
  readonly base: string;
}

function patchOf(id: string, section: MapNode): FoundPatch | undefined {
  for (const { index } of id.matchAll(/[[/]/g)) {
    const base = id.slice(0, index);
    const owner = section.entries.get(base)?.value;
    if (owner?.kind !== 'map') continue;
    const { label, inside } = partsOf(id.slice(index));
    const isExpanded = owner.entries.has('matrix') || owner.entries.has('foreach');
    if (label !== undefined && !isExpanded) continue;
    if (inside !== undefined && !owner.entries.has('pipeline')) continue;
    if (label !== undefined || inside !== undefined) return { base, label, inside };
  }
  return undefined;
}

const PARTS = /^(?:\[([^[\]]*)\])?(?:\/(.+))?$/s;

/** Of `[20,SPY]`, `[20,SPY]/ingest` or `/ingest`. */
function partsOf(text: string): Pick<StagePatch, 'label' | 'inside'> {
  const match = PARTS.exec(text);
  return { label: match?.[1], inside: match?.[2] };
}

/** A stage with changes laid over it; one that is no map is refused with the other stages. */
export function patched(body: MapNode, patches: readonly StagePatch[]): MapNode {
  return patches.reduce((changed, { entry, inside }) => {
    const { value } = entry;
    const patch = inside === undefined ? value : wrap('stages', wrap(inside, value, entry));
    return patch.kind === 'map' ? mergeMaps(changed, patch, 'lower') : changed;
  }, body);
}

function wrap(
  key: string,
  value: ConfigNode,
  { keySpan }: Pick<MapEntry, 'keySpan'> = { keySpan: value.span },
): MapNode {
  return mapNode(new Map([[key, { keySpan, value }]]), value.span);
}
