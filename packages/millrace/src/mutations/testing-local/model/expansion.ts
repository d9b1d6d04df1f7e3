import { type Choice, chosenPipeline } from './chosen-pipeline.ts';
import { conditionFault } from './condition.ts';
import { classStage, innerPipelineFields, pipelineFields, pipelineStage } from './config-rules.ts';
import type { Faults } from './fault.ts';
import { findPipeline } from './find-pipeline.ts';
import { KeySpace } from './key-space.ts';
import type { Files, LayeredConfig } from './layered-config.ts';
import { merged } from './merge.ts';
import { isMap, mapOf, type PlainMap, textsOf, without } from './plain.ts';
import { repetitionsOf } from './repetitions.ts';
import type { Member, Scope } from './scope.ts';
import { PatchedStages } from './stage-patches.ts';
import { escaped, filled, filledParams, UnfilledError, type Values } from './template.ts';

export interface ExpansionRequest {
  readonly config: LayeredConfig;
  readonly choice: Choice;
  readonly files: Files;
  readonly env: Values['env'];
  readonly faults: Faults;
}

/** Follows the rules of the config one by one to the stages that it comes to, with no thought of speed. */
export class Expansion {
  readonly #request: ExpansionRequest;
  /** Initial values, also those of pipelines inside. */
  readonly context: Record<string, unknown> = {};
  inputs: readonly string[] = [];
  limits: PlainMap = {};

  constructor(request: ExpansionRequest) {
    this.#request = request;
  }

  /** The scope of the chosen pipeline; undefined when it cannot be read at all. */
  expand(): Scope | undefined {
    const { config, choice, files, env, faults } = this.#request;
    const pipeline = chosenPipeline(config, choice, files);
    if (!pipeline.ok) {
      faults.add(pipeline.problem);
      return undefined;
    }
    const values = filledParams(mapOf(pipeline.value.params), env);
    const fields = this.#fieldsOf(pipeline.value, values);
    const fault = fields && pipelineFields(fields);
    if (fault !== undefined) faults.add(fault);
    this.inputs = textsOf(fields?.inputs);
    this.limits = mapOf(fields?.limits);
    const scope: Scope = {
      prefix: '',
      config,
      values,
      keys: new KeySpace(),
      owner: undefined,
      trail: [`${config.file}#${choice.pipeline}`],
      members: [],
    };
    this.#readStages(scope, pipeline.value.stages);
    Object.assign(this.context, mapOf(fields?.context));
    return scope;
  }

  #fieldsOf(pipeline: PlainMap, values: Values): PlainMap | undefined {
    return this.#fill(without(pipeline, 'stages'), values);
  }

  #fill(map: PlainMap, values: Values, stage?: string): PlainMap | undefined {
    try {
      return filled(map, values) as PlainMap;
    } catch (error) {
      if (!(error instanceof UnfilledError)) throw error;
      this.#request.faults.add(error.message, stage, error.lacks);
      return undefined;
    }
  }

  #readStages(scope: Scope, stages: unknown): void {
    const { faults } = this.#request;
    if (!isMap(stages) || Object.keys(stages).length === 0) {
      faults.add('there are no stages');
      return;
    }
    const patched = new PatchedStages(stages);
    if (!patched.areMaps) faults.add('a stage is no map');
    for (const [name, stage] of patched.own())
      if (isMap(stage)) this.#readStage(scope, { name, stage, patched });
  }

  #readStage(
    scope: Scope,
    {
      name,
      stage,
      patched,
    }: { readonly name: string; readonly stage: PlainMap; readonly patched: PatchedStages },
  ): void {
    const { faults } = this.#request;
    const whole = patched.changed(name, stage, undefined);
    const id = `${scope.prefix}${name}`;
    const lists = this.#fill({ matrix: whole.matrix, foreach: whole.foreach }, scope.values, id);
    if (lists === undefined) return;
    const repetitions = repetitionsOf(lists);
    if (typeof repetitions === 'string') {
      faults.add(repetitions, id);
      return;
    }
    const labels = repetitions.map(({ label }) => label);
    for (const label of patched.labelsFor(name))
      if (!labels.includes(label)) faults.add(`there is no instance [${label}]`, id);
    for (const { label, variables } of repetitions) {
      const own = label === undefined ? whole : patched.changed(name, whole, label);
      const values = { ...scope.values, params: { ...scope.values.params, ...variables } };
      const instance = label === undefined ? id : `${id}[${label}]`;
      const fields = this.#fill(without(own, 'matrix', 'foreach'), values, instance);
      if (fields === undefined) continue;
      this.#addMember({ name, id: instance, label, fields, scope, inner: undefined });
    }
  }

  #addMember(member: Member): void {
    const { fields, id, scope } = member;
    const isPipeline = Object.hasOwn(fields, 'pipeline');
    const fault = isPipeline ? pipelineStage(fields) : classStage(fields);
    if (fault !== undefined) this.#request.faults.add(fault, id);
    if (!isPipeline) scope.members.push(member);
    else if (fault === undefined) this.#addPipeline(member);
  }

  #addPipeline(member: Member): void {
    const { fields, id, scope } = member;
    const { faults, env } = this.#request;
    const found = findPipeline(String(fields.pipeline), scope, this.#request);
    if (typeof found === 'string') {
      faults.add(found, id);
      return;
    }
    const { config, pipeline, key } = found;
    const declared = mapOf(pipeline.params);
    const given = mapOf(fields.params);
    const unknown = Object.keys(given).find((name) => !Object.hasOwn(declared, name));
    if (unknown !== undefined) faults.add(`the pipeline has no param ${unknown}`, id, unknown);
    const values = filledParams({ ...declared, ...(escaped(given) as PlainMap) }, env);
    const inner = this.#fieldsOf(without(pipeline, 'params'), values);
    const fault = inner && innerPipelineFields(inner);
    if (inner === undefined || fault !== undefined) faults.add(fault ?? 'unfilled', id);
    const keys = scope.keys.inside(id, fields, textsOf(inner?.inputs));
    if (!(keys instanceof KeySpace)) {
      faults.all.push(keys);
      return;
    }
    this.#checkCondition(fields.when, values, id);
    for (const [name, value] of Object.entries(mapOf(inner?.context)))
      this.context[keys.keysOf(name)[0] ?? name] ??= value;
    member.inner = {
      prefix: `${id}/`,
      config,
      values,
      keys,
      owner: member,
      trail: [...scope.trail, key],
      members: [],
    };
    scope.members.push(member);
    this.#readStages(member.inner, this.#patchedInside(mapOf(pipeline.stages), fields, id));
  }

  #checkCondition(when: unknown, { params }: Values, id: string): void {
    if (typeof when !== 'string') return;
    const fault = conditionFault(when, { params: Object.keys(params), inputs: [] });
    if (fault !== undefined) this.#request.faults.add(fault, id);
  }

  #patchedInside(stages: PlainMap, { stages: patches }: PlainMap, id: string): PlainMap {
    const all = merged(stages, escaped(mapOf(patches)) as PlainMap);
    const own = new Set([...new PatchedStages(all).own()].map(([name]) => name));
    const unknown = [...own].find((name) => !Object.hasOwn(stages, name));
    if (unknown !== undefined)
      this.#request.faults.add(`the pipeline has no stage ${unknown}`, id, unknown);
    return all;
  }
}
