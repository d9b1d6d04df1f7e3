import { mergeMaps } from '../../layers/merge-nodes.ts';
import { isAsMeant } from '../../shape/is-as-meant.ts';
import { oneOf } from '../../source/one-of.ts';
import { Problems } from '../../source/problems.ts';
import {
  type ConfigNode,
  childOf,
  type MapEntry,
  type MapNode,
  mapNode,
} from '../../tree/config-node.ts';
import { replacing } from '../../tree/replacing.ts';
import { Filler, type FillSources, type KnownValues } from '../filler.ts';
import { KeySpace } from '../keys/key-space.ts';
import type { Scope } from '../scope.ts';
import { splitPatches } from '../stage-patches.ts';
import { checkInnerFields } from './check-pipeline-stage.ts';
import { HandedValues } from './handed-values.ts';
import { sharedKeys } from './shared-keys.ts';
import type { SubPipeline } from './sub-pipelines.ts';

interface InnerRequest {
  readonly owner: NonNullable<Scope['owner']>;
  readonly body: MapNode;
  readonly pipeline: SubPipeline;
}

export interface InnerScope {
  readonly scope: Scope;
  readonly stages: MapNode;
  /** Its part of the initial context, by the keys of the whole config. */
  readonly context: ReadonlyMap<string, MapEntry>;
}

/** What the pipeline inside a stage is made of: its own file, and what the stage lays over it. */
export function innerScope(
  { owner, body, pipeline }: InnerRequest,
  sources: FillSources,
): InnerScope {
  const { problems, unfilled } = sources;
  const { tree } = pipeline;
  const outer = owner.scope;
  const handed = new HandedValues(unfilled);
  // What its own file misspells is told there, and nothing of what is missing because of it.
  const hasAllParams = isAsMeant(tree, 'params', 'map');
  const about = (section: 'inputs' | 'stages', kind: 'list' | 'map'): Problems =>
    isAsMeant(tree, section, kind) ? problems : new Problems();
  const patches = { id: owner.id, body, handed };
  const stages = withPatches(stagesIn(tree), patches, about('stages', 'map'));
  const given = givenParams(
    { id: owner.id, body, tree, unfilled },
    hasAllParams ? problems : new Problems(),
  );
  const filler = new Filler(
    { ...sources, hasAllParams },
    mapIn(tree, 'params'),
    new Map([...given, ...handed.known]),
  );
  const fields = filledFields(tree, filler);
  checkInnerFields(fields, sources);
  const inputs = childOf(fields, 'inputs');
  const shared = sharedKeys(
    { id: owner.id, body, inputs, outer: outer.keys },
    about('inputs', 'list'),
  );
  const keys = new KeySpace(`${owner.id}/`, shared);
  const own = childOf(body, 'when');
  const condition = { path: ['stages', owner.id, 'when'], stageId: owner.id, filler };
  const scope: Scope = {
    prefix: `${owner.id}/`,
    keys,
    filler,
    home: pipeline.home,
    owner,
    trail: [...outer.trail, pipeline],
    conditions:
      own === undefined ? outer.conditions : [...outer.conditions, { ...condition, node: own }],
    tags: [...outer.tags, ...itemsOf(childOf(body, 'tags'))],
    planned: [],
  };
  return { scope, stages, context: contextOf(fields, keys) };
}

interface PatchRequest {
  readonly id: string;
  readonly body: MapNode;
  readonly handed: HandedValues;
}

function withPatches(
  stages: MapNode,
  { id, body, handed }: PatchRequest,
  problems: Problems,
): MapNode {
  const written = mapIn(body, 'stages');
  const patch = written && handed.hand(written);
  if (patch?.kind !== 'map') return stages;
  const merged = mergeMaps(stages, patch, 'lower');
  const { stages: all } = splitPatches(merged);
  const entries = new Map(merged.entries);
  for (const [name, { keySpan }] of patch.entries) {
    if (stages.entries.has(name) || !all.has(name)) continue;
    entries.delete(name);
    problems.report({
      code: 'STAGE_PATCH_UNKNOWN',
      message: `the pipeline of stage ${JSON.stringify(id)} has no stage ${JSON.stringify(name)}`,
      at: keySpan,
      path: ['stages', id, 'stages', name],
      expected: oneOf(stages.entries.keys()),
      help: problems.suggest(name, stages.entries.keys()),
    });
  }
  return mapNode(entries, merged.span, merged);
}

interface ParamsRequest {
  readonly id: string;
  readonly body: MapNode;
  readonly tree: MapNode;
  readonly unfilled: ReadonlySet<ConfigNode>;
}

function givenParams({ id, body, tree, unfilled }: ParamsRequest, problems: Problems): KnownValues {
  const declared = mapIn(tree, 'params')?.entries ?? new Map<string, MapEntry>();
  const given = new Map<string, ConfigNode | undefined>();
  for (const [name, { keySpan, value }] of mapIn(body, 'params')?.entries ?? []) {
    const own = declared.get(name)?.value;
    if (own !== undefined) given.set(name, unfilled.has(value) ? undefined : replacing(value, own));
    else
      problems.report({
        code: 'PARAM_UNKNOWN',
        message: `the pipeline of stage ${JSON.stringify(id)} declares no param ${JSON.stringify(name)}`,
        at: keySpan,
        path: ['stages', id, 'params', name],
        expected: oneOf(declared.keys()),
        help: problems.suggest(name, declared.keys()) ?? 'declare it under `params:` there',
      });
  }
  return given;
}

function filledFields(tree: MapNode, filler: Filler): MapNode {
  const entries = new Map(tree.entries);
  for (const key of ['stages', 'params']) entries.delete(key);
  const fields = mapNode(entries, tree.span);
  const filled = filler.fill([], fields);
  return filled.kind === 'map' ? filled : fields;
}

function contextOf(fields: MapNode, keys: KeySpace): ReadonlyMap<string, MapEntry> {
  const context = new Map<string, MapEntry>();
  for (const [name, entry] of mapIn(fields, 'context')?.entries ?? []) {
    const key = keys.keyOf(name);
    // A key that several are gathered to is read from outside only.
    if (typeof key === 'string') context.set(key, entry);
  }
  return context;
}

function stagesIn(tree: MapNode): MapNode {
  return mapIn(tree, 'stages') ?? mapNode(new Map(), tree.span);
}

function mapIn(tree: MapNode, field: string): MapNode | undefined {
  const section = childOf(tree, field);
  return section?.kind === 'map' ? section : undefined;
}

function itemsOf(node: ConfigNode | undefined): readonly ConfigNode[] {
  return node?.kind === 'list' ? node.items : [];
}
