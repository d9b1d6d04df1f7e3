import { oneOf } from '../source/one-of.ts';
import { Problems } from '../source/problems.ts';
import { type MapEntry, type MapNode, mapNode, sizeOf } from '../tree/config-node.ts';
import { describeNode } from '../tree/describe-node.ts';
import { ExpansionBudget } from './expansion-budget.ts';
import type { Filler, FillSources } from './filler.ts';
import { findPipeline } from './inner/find-pipeline.ts';
import { innerScope } from './inner/inner-scope.ts';
import type { SubPipelines } from './inner/sub-pipelines.ts';
import type { Combination } from './matrix/combination.ts';
import { instanceVariables } from './matrix/instance-variables.ts';
import { isRepeated, readCombinations } from './matrix/read-combinations.ts';
import type { PlannedPipeline, PlannedStage, Scope } from './scope.ts';
import type { StageNames } from './stage-names.ts';
import { patched, type StagePatch, splitPatches } from './stage-patches.ts';

interface PlannerOptions {
  readonly sources: FillSources;
  readonly pipelines: SubPipelines;
  readonly names: StageNames;
}

/** A stage as it is written, in one use of its pipeline. */
interface WrittenStage {
  readonly name: string;
  readonly entry: MapEntry;
  readonly body: MapNode;
  readonly patches: readonly StagePatch[];
}

/** One instance of a written stage; without a combination for a stage that is not repeated. */
interface InstanceOf extends WrittenStage {
  readonly id: string;
  readonly filler: Filler;
  readonly combination: Combination | undefined;
}

/** Works out which stages a config stands for, with their placeholders filled in. */
export class ScopePlanner {
  readonly #sources: FillSources;
  readonly #pipelines: SubPipelines;
  readonly #names: StageNames;
  /** The parts of the initial context that pipelines inside bring, by the keys of the whole config. */
  readonly context = new Map<string, MapEntry>();
  readonly #budget: ExpansionBudget;
  #isComplete = true;

  constructor({ sources, pipelines, names }: PlannerOptions) {
    this.#sources = sources;
    this.#pipelines = pipelines;
    this.#names = names;
    this.#budget = new ExpansionBudget(sources.problems);
  }

  /** False when stages are missing because of what was reported, so that dependencies on them prove nothing. */
  get isComplete(): boolean {
    return this.#isComplete && !this.#budget.isSpent;
  }

  /** True when there would be so many stages that nothing more is worth a look. */
  get isTooLarge(): boolean {
    return this.#budget.isSpent;
  }

  async plan(scope: Scope, section: MapNode): Promise<void> {
    const { stages, patches } = splitPatches(section);
    for (const patch of [...patches.values()].flat()) this.#checkPatch(scope, patch);
    for (const [name, entry] of stages) {
      const body = entry.value;
      const own = patches.get(name) ?? [];
      if (body.kind !== 'map') this.#addStage(scope, { id: scope.prefix + name, name, entry });
      else if (isRepeated(body))
        await this.#planRepeated(scope, { name, entry, body, patches: own });
      else {
        const { filler } = scope;
        const stage = { name, entry, body, patches: own, filler, combination: undefined };
        const waiting = this.#planInstance(scope, { ...stage, id: scope.prefix + name });
        if (waiting !== undefined) await waiting;
      }
    }
  }

  async #planRepeated(scope: Scope, stage: WrittenStage): Promise<void> {
    const { unfilled, problems } = this.#sources;
    const { filler } = scope;
    const id = scope.prefix + stage.name;
    const unlabelled = stage.patches.filter(({ label }) => label === undefined);
    const body = patched(stage.body, unlabelled);
    const combinations = readCombinations(body, { id, filler, unfilled, problems });
    if (combinations === undefined) return void this.#planBroken(scope, stage);
    const unit = body.entries.has('pipeline') ? 'pipelines' : 'stages';
    if (!this.#budget.take(unit, combinations.all.length, stage)) return;
    const { kind, all } = combinations;
    const labels = new Set(all.map(({ label }) => label));
    for (const patch of stage.patches) {
      if (patch.label !== undefined && !labels.has(patch.label))
        this.#reportNoInstance(scope, patch, labels);
    }
    const labelled = stage.patches.filter(({ label }) => label !== undefined);
    for (const combination of all) {
      const waiting = this.#planInstance(scope, {
        ...stage,
        body,
        patches: labelled.filter(({ label }) => label === combination.label),
        id: `${id}[${combination.label}]`,
        filler: filler.withVariables(instanceVariables(kind, combination)),
        combination,
      });
      if (waiting !== undefined) await waiting;
    }
  }

  /** As one stage, so that the rest of it is looked at; what it says of its variables proves nothing. */
  #planBroken(scope: Scope, stage: WrittenStage): void {
    const { filler } = scope;
    const id = scope.prefix + stage.name;
    this.#isComplete = false;
    this.#names.markUnknown(scope, stage.name);
    const body = withoutRepetition(stage.body);
    if (body.entries.has('pipeline')) return;
    const value = filler.muted(new Problems()).fill(['stages', id], body);
    this.#addStage(scope, { id, name: stage.name, entry: { ...stage.entry, value } });
  }

  /** Nothing to wait for, unless the stage is a pipeline: promises by the hundred thousand take their time. */
  #planInstance(scope: Scope, instance: InstanceOf): Promise<void> | undefined {
    const { id, name, filler, combination } = instance;
    const written = withoutRepetition(patched(instance.body, instance.patches));
    const value = filler.fill(['stages', id], written);
    if (!this.#budget.take('values', sizeOf(value), instance)) return undefined;
    const entry = { keySpan: instance.entry.keySpan, value };
    if (value.kind === 'map' && value.entries.has('pipeline'))
      return this.#planPipeline(scope, { ...instance, entry, body: value });
    this.#addStage(scope, { id, name, entry, label: combination?.label });
    return undefined;
  }

  async #planPipeline(scope: Scope, instance: InstanceOf): Promise<void> {
    const { id, name, entry, body, combination } = instance;
    if (combination === undefined && !this.#budget.take('pipelines', 1, instance)) return;
    const pipeline = await findPipeline({ scope, id, body }, this.#pipelines, this.#sources);
    if (pipeline === undefined) {
      this.#isComplete = false;
      this.#names.markUnknown(scope, id.slice(scope.prefix.length));
      return;
    }
    this.#isComplete &&= pipeline.isComplete;
    const label = combination?.label;
    const owner = { kind: 'pipeline', id, scope, entry, label } as const;
    const inner = innerScope({ owner, body, pipeline }, this.#sources);
    for (const [key, own] of inner.context) if (!this.context.has(key)) this.context.set(key, own);
    const planned: PlannedPipeline = { ...owner, inner: inner.scope };
    this.#add(scope, planned, name);
    await this.plan(inner.scope, inner.stages);
  }

  #addStage(
    scope: Scope,
    {
      id,
      name,
      entry,
      label,
    }: Pick<PlannedStage, 'id' | 'entry'> & { name: string; label?: string | undefined },
  ): void {
    if (label === undefined && !this.#budget.take('stages', 1, { name, entry })) return;
    this.#add(scope, { kind: 'stage', id, scope, entry, label }, name);
  }

  #add(scope: Scope, planned: PlannedStage | PlannedPipeline, name: string): void {
    scope.planned.push(planned);
    this.#names.add(planned, name);
  }

  #checkPatch({ prefix }: Scope, { id, entry: { keySpan, value } }: StagePatch): void {
    if (value.kind === 'map') return;
    this.#sources.problems.report({
      code: 'STAGE_WRONG_TYPE',
      message: `${JSON.stringify(id)} names what another stage stands for, so it must be a map of changes`,
      at: value.kind === 'scalar' && value.value === null ? keySpan : value.span,
      path: ['stages', prefix + id],
      got: describeNode(value),
    });
  }

  #reportNoInstance(scope: Scope, { id, entry }: StagePatch, labels: ReadonlySet<string>): void {
    const base = id.slice(0, id.indexOf('['));
    const known = [...labels].map((label) => `${base}[${label}]`);
    this.#sources.problems.report({
      code: 'INSTANCE_UNKNOWN',
      message: `there is no instance ${JSON.stringify(id)} to change`,
      at: entry.keySpan,
      path: ['stages', scope.prefix + id],
      expected: oneOf(known),
      help: this.#sources.problems.suggest(id, known),
    });
  }
}

function withoutRepetition(body: MapNode): MapNode {
  if (!isRepeated(body)) return body;
  const entries = new Map(body.entries);
  entries.delete('matrix');
  entries.delete('foreach');
  return mapNode(entries, body.span, body);
}
