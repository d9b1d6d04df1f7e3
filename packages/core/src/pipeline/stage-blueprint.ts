import { MillraceError } from '../base/millrace-error.ts';
import { formatPath, schemaIssues } from '../base/schema-issues.ts';
import { z } from '../base/zod.ts';
import { mapShape, stageOptionShape } from '../definition/authored-schema.ts';
import type { MapOptions } from '../definition/map-options.ts';
import type { StageOptions } from '../definition/pipeline-definition.ts';
import { toMapOptions, toOptions } from '../definition/to-definition.ts';
import { isMappedClass, type StageClass } from '../stage/stage-class.ts';
import { StageLife } from '../stage/stage-life.ts';
import type { OutputMigration, StageSpec } from '../stage/stage-spec.ts';

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
  /** Names of the inputs and of the updates; undefined where the stage declares no inputs. */
  readonly readable: readonly string[] | undefined;
  /** Undefined: the stage declares none and its writes are checked at commit. */
  readonly outputs: readonly string[] | undefined;
  /** The outputs that must always be there. */
  readonly requiredOutputs: readonly string[];
  readonly updates: readonly string[];
  /** False when `setup` is the empty one of PipelineStage; likewise `teardown`. */
  readonly hasSetup: boolean;
  readonly hasTeardown: boolean;
  /** It can take back what it did. */
  readonly hasUndo: boolean;
  readonly options: Partial<StageOptions>;
  readonly version: string;
  /** Set for a class that works item by item. */
  readonly map?: AuthoredMap;
}

/** What the class itself says of its items. */
export interface AuthoredMap {
  readonly options: Partial<MapOptions>;
  /** Instead of a path. */
  readonly keyOf: ((item: never) => unknown) | undefined;
}

/** Context keys are the keys of a `z.object`. zod itself loses a key `__proto__`. */
const keysSchema = z
  .custom<z.ZodObject>(
    (value) => isSchema(value) && typeof Reflect.get(value, 'shape') === 'object',
    'expected a z.object({ ... }) with one key per context key',
  )
  .refine((schema) => !Object.hasOwn(schema.shape, '__proto__'), {
    error: 'zod cannot check a key "__proto__"; rename it with reads or writes',
  });

const specSchema = z.strictObject({
  ...stageOptionShape,
  description: z.string().optional(),
  params: z.custom<z.ZodType>(isSchema, 'expected a zod schema').optional(),
  inputs: keysSchema.optional(),
  outputs: keysSchema.optional(),
  updates: keysSchema.optional(),
  version: z.string().optional(),
  migrations: z
    .record(
      z.string(),
      z.custom<OutputMigration>(
        (value) => isSchema(value) || isFunction(value),
        'expected a function, or a zod schema such as a codec',
      ),
    )
    .optional(),
  retryable: z.custom<StageSpec['retryable']>(isFunction, 'expected a function').optional(),
  when: z.custom<StageSpec['when']>(isFunction, 'expected a function').optional(),
  files: z.custom<StageSpec['files']>(isFunction, 'expected a function').optional(),
  map: z.unknown().optional(),
});

const mapSchema = z.strictObject({
  ...mapShape,
  key: z
    .union([mapShape.key, z.custom<(item: never) => unknown>(isFunction)], {
      error: 'expected a path such as "symbol", or a function of an item',
    })
    .optional(),
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
  const spec: StageSpec = stageClass.spec ?? {};
  const options = specSchema.safeParse(spec);
  if (!options.success) throw invalidSpec(stageClass, spec, options.error);
  const { retry, timeout, grace, critical, cacheable, limits } = options.data;
  const prototype = stageClass.prototype as object;
  const inputs = spec.inputs === undefined ? undefined : declaredKeys(spec.inputs);
  const outputs = spec.outputs === undefined ? undefined : declaredKeys(spec.outputs);
  const updates = spec.updates === undefined ? [] : Object.keys(spec.updates.shape);
  return {
    stageClass,
    spec,
    inputs,
    readable: inputs && [...inputs.map(({ name }) => name), ...updates],
    outputs: outputs?.map(({ name }) => name),
    requiredOutputs: outputs?.flatMap(({ name, optional }) => (optional ? [] : [name])) ?? [],
    updates,
    hasSetup: Reflect.get(prototype, 'setup') !== StageLife.prototype.setup,
    hasTeardown: Reflect.get(prototype, 'teardown') !== StageLife.prototype.teardown,
    hasUndo: isFunction(Reflect.get(prototype, 'undo')),
    options: toOptions(withoutUndefined({ retry, timeout, grace, critical, cacheable, limits })),
    version: spec.version ?? '1',
    ...readMap(stageClass, spec),
  };
}

function readMap(stageClass: StageClass, spec: StageSpec): Pick<StageBlueprint, 'map'> {
  const isMapped = isMappedClass(stageClass);
  if (!isMapped && spec.map !== undefined) throw unusedMap(stageClass);
  if (!isMapped) return {};
  const authored = mapSchema.safeParse(spec.map ?? {});
  if (!authored.success) throw invalidSpec(stageClass, spec, authored.error, mapSchema);
  const { key, ...rest } = authored.data;
  const isFunctional = typeof key === 'function';
  const options = toMapOptions(isFunctional || key === undefined ? rest : { ...rest, key });
  return { map: { options, keyOf: isFunctional ? key : undefined } };
}

function unusedMap({ name }: StageClass): MillraceError {
  return new MillraceError(
    'STAGE_SPEC_INVALID',
    `the spec of class ${JSON.stringify(name)} has \`map\`, and the class has a run method instead of runItem`,
    {
      details: { stageClass: name },
      help: 'extend MappedStage.of({ ... }) and write runItem(item, scope) instead of run',
    },
  );
}

function invalidSpec(
  stageClass: StageClass,
  spec: StageSpec,
  error: z.ZodError,
  schema: typeof specSchema | typeof mapSchema = specSchema,
): MillraceError {
  const prefix = schema === specSchema ? [] : ['map'];
  const read = schema === specSchema ? spec : spec.map;
  const faults = schemaIssues(error, read, schema).map(({ path, message, unknownKey, help }) =>
    unknownKey
      ? `${message}${help === undefined ? '' : `, ${help}`}`
      : `${formatPath([...prefix, ...path]) || 'spec'}: ${message}`,
  );
  return new MillraceError(
    'STAGE_SPEC_INVALID',
    `the spec of class ${JSON.stringify(stageClass.name)} is wrong: ${faults.join('; ')}`,
    { details: { stageClass: stageClass.name } },
  );
}

function isSchema(value: unknown): value is z.ZodType {
  return (
    typeof value === 'object' &&
    value !== null &&
    typeof Reflect.get(value, 'safeParse') === 'function'
  );
}

function isFunction(value: unknown): boolean {
  return typeof value === 'function';
}

/** Optional is what its author marked so: `z.unknown()` takes an absent key too, yet is asked for. */
function declaredKeys(schema: z.ZodObject): DeclaredInput[] {
  return Object.entries(schema.shape).map(([name, field]) => ({
    name,
    optional: field._zod.optin !== undefined,
  }));
}

type Present<T> = { [K in keyof T]?: Exclude<T[K], undefined> };

function withoutUndefined<T extends object>(options: T): Present<T> {
  return Object.fromEntries(
    Object.entries(options).filter(([, value]) => value !== undefined),
  ) as Present<T>;
}
