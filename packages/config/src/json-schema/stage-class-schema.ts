import type { StageClass, z } from '@millrace/core';
import { conditional } from './conditional.ts';
import { describeStage } from './describe-stage.ts';
import type { JsonSchema } from './json-schema.ts';
import { requiredKeys } from './required-keys.ts';
import { refTo, toDefinitions } from './to-definitions.ts';
import { toJson } from './to-json.ts';
import { placeholderFor, withInnerPlaceholders, withPlaceholders } from './with-placeholders.ts';

/** A stage class and the `uses` that names it, as it is written in the config. */
export interface KnownStage {
  readonly uses: string;
  readonly stageClass: StageClass;
  /** The same text means the same class in this file; false for a path that is written in a base of it. */
  readonly isNamedHere: boolean;
}

/** What a config may say of a stage of one class. */
export interface StageClassSchema extends Pick<KnownStage, 'uses' | 'isNamedHere'> {
  readonly description: string;
  /** Names the definition of the fields of a stage that the class knows more of. */
  readonly fields: string;
  /** The same of the outputs that may be its fallback. */
  readonly outputs: string;
  /** The same of the fields of a stage that stands in for another one. */
  readonly standInFields: string;
  readonly definitions: Readonly<Record<string, JsonSchema>>;
  /** False: the params have a schema that cannot be said in JSON Schema, so all are accepted. */
  readonly isWhole: boolean;
}

/** @param number tells the definitions of classes apart */
export function stageClassSchema(
  { uses, stageClass, isNamedHere }: KnownStage,
  number: number,
): StageClassSchema {
  const { params, inputs, outputs, updates } = stageClass.spec;
  const json = params === undefined ? {} : toJson(params);
  const given = params === undefined ? undefined : withField(`with${number}`, json ?? {});
  const readable = inputs && Object.keys({ ...inputs.shape, ...updates?.shape });
  const names = {
    fields: `stage${number}`,
    outputs: `outputs${number}`,
    standInFields: `standIn${number}`,
  };
  const renamed = {
    reads: renames('input', readable),
    writes: renames('output', outputs && Object.keys(outputs.shape)),
  };
  return {
    uses,
    isNamedHere,
    ...names,
    description: describeStage(stageClass),
    definitions: {
      [names.fields]: fieldsOf(given, renamed),
      [names.outputs]: fieldsOf(undefined, { fallback: outputs && outputsInstead(outputs) }),
      [names.standInFields]: fieldsOf(given, {}),
      ...given?.definitions,
    },
    isWhole: json !== undefined,
  };
}

interface WithField {
  readonly schema: JsonSchema;
  readonly isRequired: boolean;
  readonly definitions: Readonly<Record<string, JsonSchema>>;
}

function withField(name: string, params: JsonSchema): WithField {
  const isRequired = (params.required ?? []).length > 0;
  const stand = placeholderFor(params);
  const anyOf = [
    { $ref: refTo(name) },
    ...(stand === undefined ? [] : [stand]),
    // An empty `with:` is null to YAML, and no params to the loader.
    ...(isRequired ? [] : [{ type: 'null' }]),
  ];
  const definitions = Object.entries(toDefinitions(name, params)).map(([own, schema]) => [
    own,
    withInnerPlaceholders(schema),
  ]);
  return { schema: { anyOf }, isRequired, definitions: Object.fromEntries(definitions) };
}

function fieldsOf(
  given: WithField | undefined,
  more: Readonly<Record<string, JsonSchema | undefined>>,
): JsonSchema {
  const fields = Object.entries({ with: given?.schema, ...more });
  const properties = fields.flatMap(([key, schema]) =>
    schema === undefined ? [] : [[key, schema]],
  );
  return {
    properties: Object.fromEntries(properties),
    ...(given?.isRequired === true ? { required: ['with'] } : {}),
  };
}

/** Undefined when the class declares none, so that any name may be renamed. */
function renames(
  kind: 'input' | 'output',
  names: readonly string[] | undefined,
): JsonSchema | undefined {
  if (names === undefined) return undefined;
  const properties = names.map((name) => [name, { description: `The ${kind} ${name}.` }]);
  return { properties: Object.fromEntries(properties), additionalProperties: false };
}

/** Tells a fallback that is a stage from one that is outputs. */
export const NAMES_A_STAGE: JsonSchema = {
  type: 'object',
  properties: { uses: { type: 'string' } },
  required: ['uses'],
};

/** A fallback that is no stage has the outputs of the class; what each holds is left to the loader. */
function outputsInstead(outputs: z.ZodObject): JsonSchema {
  const keys = Object.keys(outputs.shape);
  const required = requiredKeys(outputs);
  const properties = keys.map((key) => [key, { description: `The output ${key}.` }]);
  const whole: JsonSchema = {
    type: 'object',
    properties: Object.fromEntries(properties),
    ...(required.length === 0 ? {} : { required }),
    additionalProperties: false,
  };
  return conditional(NAMES_A_STAGE, { unmet: withPlaceholders(whole) });
}
