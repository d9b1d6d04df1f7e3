import { MillraceError } from '../base/millrace-error.ts';
import { z } from '../base/zod.ts';
import { durationMsSchema, retrySchema } from '../definition/authored-schema.ts';
import type { StageOptions } from '../definition/pipeline-definition.ts';
import { toOptions } from '../definition/to-definition.ts';
import { PipelineStage } from '../stage/pipeline-stage.ts';
import type { StageClass } from '../stage/stage-class.ts';
import type { StageSpec } from '../stage/stage-spec.ts';

/** A key that a stage reads. */
export interface DeclaredInput {
  readonly name: string;
  /** It may be absent. */
  readonly optional: boolean;
}

/** What the engine knows of a stage class, worked out once per class. */
export interface StageBlueprint {
  readonly stageClass: StageClass;
  readonly spec: StageSpec;
  /** Undefined: the stage declares none and sees every key of its ancestors. */
  readonly inputs: readonly DeclaredInput[] | undefined;
  /** Undefined: the stage declares none and its writes are checked at commit. */
  readonly outputs: readonly string[] | undefined;
  readonly updates: readonly string[];
  /** False when `setup` is the empty one of PipelineStage; likewise `teardown`. */
  readonly hasSetup: boolean;
  readonly hasTeardown: boolean;
  readonly options: Partial<StageOptions>;
  readonly version: string;
}

const specOptionsSchema = z.object({
  retry: retrySchema.optional(),
  timeout: durationMsSchema.optional(),
  grace: durationMsSchema.optional(),
  critical: z.boolean().optional(),
});

const blueprints = new WeakMap<StageClass, StageBlueprint>();

/** @throws MillraceError STAGE_SPEC_INVALID when the class's own `spec` cannot be read */
export function blueprintOf(stageClass: StageClass): StageBlueprint {
  const known = blueprints.get(stageClass);
  if (known !== undefined) return known;
  const blueprint = readBlueprint(stageClass);
  blueprints.set(stageClass, blueprint);
  return blueprint;
}

function readBlueprint(stageClass: StageClass): StageBlueprint {
  const { spec } = stageClass;
  const options = specOptionsSchema.safeParse({
    retry: spec.retry,
    timeout: spec.timeout,
    grace: spec.grace,
    critical: spec.critical,
  });
  if (!options.success) {
    const issue = options.error.issues[0];
    throw new MillraceError(
      'STAGE_SPEC_INVALID',
      `the spec of class ${JSON.stringify(stageClass.name)} has a wrong ${issue?.path.join('.')}: ${issue?.message}`,
      { details: { stageClass: stageClass.name } },
    );
  }
  const prototype = stageClass.prototype as object;
  return {
    stageClass,
    spec,
    inputs: spec.inputs === undefined ? undefined : declaredInputs(spec.inputs),
    outputs: spec.outputs === undefined ? undefined : Object.keys(spec.outputs.shape),
    updates: spec.updates === undefined ? [] : Object.keys(spec.updates.shape),
    hasSetup: Reflect.get(prototype, 'setup') !== PipelineStage.prototype.setup,
    hasTeardown: Reflect.get(prototype, 'teardown') !== PipelineStage.prototype.teardown,
    options: toOptions(withoutUndefined(options.data)),
    version: spec.version ?? '1',
  };
}

function declaredInputs(schema: z.ZodObject): DeclaredInput[] {
  return Object.entries(schema.shape).map(([name, field]) => ({
    name,
    optional: (field as z.ZodType).safeParse(undefined).success,
  }));
}

type Present<T> = { [K in keyof T]?: Exclude<T[K], undefined> };

function withoutUndefined<T extends object>(options: T): Present<T> {
  return Object.fromEntries(
    Object.entries(options).filter(([, value]) => value !== undefined),
  ) as Present<T>;
}
