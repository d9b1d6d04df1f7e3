import { readSecrets } from '../interpolate/read-secrets.ts';
import type { SecretProvider, SecretRegistry } from '../interpolate/secret-registry.ts';
import type { WantedEnvironment } from '../layers/choose-environment.ts';
import type { ReadLayerFile } from '../layers/read-layer-file.ts';
import { isAsMeant } from '../shape/is-as-meant.ts';
import type { Problems } from '../source/problems.ts';
import {
  type ConfigNode,
  childOf,
  type MapEntry,
  type MapNode,
  mapNode,
  withEntry,
} from '../tree/config-node.ts';
import { authoredPipeline } from './authored/authored-pipeline.ts';
import type { ExpandedFacts, Expansion } from './expansion.ts';
import { StageFiles } from './files/stage-files.ts';
import { Filler, type FillSources } from './filler.ts';
import { flatStage } from './flat-stage.ts';
import type { Home } from './inner/home.ts';
import { PipelineFiles } from './inner/pipeline-files.ts';
import { pipelineKey, SubPipelines } from './inner/sub-pipelines.ts';
import { KeySpace } from './keys/key-space.ts';
import { NeedsResolver } from './needs-resolver.ts';
import { type PlannedStage, type Scope, stagesOf } from './scope.ts';
import { ScopePlanner } from './scope-planner.ts';
import { StageConditions } from './stage-conditions.ts';
import { StageNames } from './stage-names.ts';

export interface ExpansionRequest {
  /** With its stages by id and all layers laid over it, its placeholders not filled in. */
  readonly pipeline: MapNode;
  /** In its file; undefined for a file that is one pipeline. */
  readonly name: string | undefined;
  /** The config, for pipelines of it that stages name. */
  readonly home: Home;
  /** Absolute; files are shown relative to it. */
  readonly folder: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly provider: SecretProvider;
  readonly secrets: SecretRegistry;
  readonly environment: WantedEnvironment | undefined;
  /** Reads the files of pipelines that stages name. */
  readonly read: ReadLayerFile;
}

/**
 * Works out the one pipeline that a config comes to: placeholders filled in, repeated stages as their
 * instances, pipelines inside as their stages. What is wrong is reported; the rest is there all the same.
 */
export async function expandPipeline(
  request: ExpansionRequest,
  problems: Problems,
): Promise<Expansion> {
  const { pipeline, env } = request;
  const secrets = new Map<string, string>();
  const unfilled = new Set<ConfigNode>();
  const sources: FillSources = { env, secrets, problems, unfilled };
  const adopt = async (tree: MapNode): Promise<void> => {
    const found = await readSecrets(tree, request.provider, request.secrets, problems);
    for (const [name, value] of found) secrets.set(name, value);
  };
  await adopt(pipeline);
  const params = childOf(pipeline, 'params');
  const filler = new Filler(
    { ...sources, hasAllParams: isAsMeant(pipeline, 'params', 'map') },
    params?.kind === 'map' ? params : undefined,
  );
  const fields = filledFields(pipeline, filler);
  const names = new StageNames();
  const pipelines = new SubPipelines({ files: pipelineFiles(request, problems), adopt, problems });
  const planner = new ScopePlanner({ sources, pipelines, names });
  const scope = outermost(request, filler);
  const stages = childOf(pipeline, 'stages');
  if (stages?.kind === 'map') await planner.plan(scope, stages);
  const planned = planner.isTooLarge ? [] : stagesOf(scope);
  const needs = new NeedsResolver({ names, problems, unfilled });
  const flat = planned.map((stage) => [stage.id, flatStage(stage, needs.needsOf(stage))] as const);
  const whole = withContext(fields, planner.context);
  return {
    tree:
      stages?.kind === 'map'
        ? withEntry(whole, 'stages', mapNode(new Map(flat), stages.span, stages))
        : whole,
    authored: () => authoredPipeline({ fields, stages, scope, folder: request.folder }),
    unfilled,
    isComplete: planner.isComplete,
    scope,
    ...(await factsOf(planned, request, sources)),
  };
}

function pipelineFiles(
  { home, folder, read, environment }: ExpansionRequest,
  problems: Problems,
): PipelineFiles {
  return new PipelineFiles({ configFile: home.file, folder, read, environment, problems });
}

function outermost({ pipeline, name, home }: ExpansionRequest, filler: Filler): Scope {
  const own = { key: pipelineKey(home, name), tree: pipeline, isComplete: true, home, name };
  return {
    prefix: '',
    keys: new KeySpace(),
    filler,
    home,
    owner: undefined,
    trail: [own],
    conditions: [],
    tags: [],
    planned: [],
  };
}

/** All but the stages, which are filled in one by one. */
function filledFields(pipeline: MapNode, filler: Filler): MapNode {
  const entries = new Map(pipeline.entries);
  if (childOf(pipeline, 'stages')?.kind === 'map') entries.delete('stages');
  const fields = mapNode(entries, pipeline.span, pipeline);
  const filled = filler.fill([], fields);
  return filled.kind === 'map' ? filled : fields;
}

/** What the config itself gives at the start wins over what pipelines inside bring. */
function withContext(fields: MapNode, inner: ReadonlyMap<string, MapEntry>): MapNode {
  const own = childOf(fields, 'context');
  if (inner.size === 0 || (own !== undefined && own.kind !== 'map')) return fields;
  const entries = new Map([...inner, ...(own?.entries ?? [])]);
  const context = mapNode(entries, own?.span ?? fields.span, own);
  return withEntry(fields, 'context', context);
}

async function factsOf(
  planned: readonly PlannedStage[],
  { home, folder }: ExpansionRequest,
  { unfilled, problems }: FillSources,
): Promise<Pick<Expansion, 'facts' | 'expressions'>> {
  const conditions = new StageConditions(problems, unfilled);
  const files = new StageFiles({ configFile: home.file, folder, unfilled, problems });
  const facts = new Map<string, ExpandedFacts>();
  for (const stage of planned) {
    const { id, entry, scope, label } = stage;
    const isConditional = scope.conditions.length > 0 || hasField(stage, 'when');
    const condition = isConditional ? await conditions.of(stage) : undefined;
    const found = hasField(stage, 'files') ? await files.of(id, entry.value) : undefined;
    const known: ExpandedFacts = {
      ...(scope.keys.prefix === '' ? {} : { namespace: scope.keys.prefix }),
      ...(label === undefined ? {} : { writeSuffix: `[${label}]` }),
      ...(condition === undefined ? {} : { when: condition }),
      ...(found === undefined ? {} : { files: found }),
    };
    if (Object.keys(known).length > 0) facts.set(id, known);
  }
  return { facts, expressions: conditions.expressions };
}

function hasField({ entry }: PlannedStage, field: string): boolean {
  return childOf(entry.value, field) !== undefined;
}
