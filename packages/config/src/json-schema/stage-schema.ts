import { authoredStageSchema, z } from '@millrace/core';
import { expansionShape, subPipelineSchema } from '../expand/authored-expansion.ts';
import { knownStageKeys } from '../shape/config-schema.ts';
import { addDurationPattern } from './add-duration-pattern.ts';
import { conditional } from './conditional.ts';
import { STAGE_NOTES, withNotes } from './field-notes.ts';
import type { JsonSchema } from './json-schema.ts';
import { partialDefinitions } from './partial-definitions.ts';
import { requiredKeys } from './required-keys.ts';
import { NAMES_A_STAGE, type StageClassSchema } from './stage-class-schema.ts';
import { refTo } from './to-definitions.ts';
import { toJson } from './to-json.ts';
import { withInnerPlaceholders, withPlaceholders } from './with-placeholders.ts';

type Definitions = Readonly<Record<string, JsonSchema>>;

interface StageContext {
  readonly classes: readonly StageClassSchema[];
  /** The ids of stages, which `needs` may name. */
  readonly ids: readonly string[];
}

/**
 * The definitions that say what one stage of a config may be, whatever else the file holds, with no
 * field required: layers may give a stage together.
 */
export function stageDefinitions({ classes, ids }: StageContext): Definitions {
  const here = classes.filter(({ isNamedHere }) => isNamedHere);
  const { properties = {}, ...stage } = stageFields(here, ids);
  const sameFields = Object.fromEntries(
    Object.keys(properties).map((key) => [key, { $ref: `${refTo('stage')}/properties/${key}` }]),
  );
  return {
    stage: { ...stage, properties },
    listedStage: { ...stage, properties: { id: ID, ...sameFields } },
    ...classDefinitions(classes, here),
  };
}

function classDefinitions(
  classes: readonly StageClassSchema[],
  here: readonly StageClassSchema[],
): Definitions {
  const definitions: Definitions = Object.assign({}, ...classes.map((known) => known.definitions));
  const stageOfItsClass = choice(here, ({ fields }) => [fields]);
  return {
    ...definitions,
    ...partialDefinitions({ ...definitions, stageOfItsClass }),
    stageOfItsClass: choice(here, ({ fields, outputs }) => [fields, outputs]),
    standInOfItsClass: choice(here, ({ standInFields }) => [standInFields]),
  };
}

function choice(
  here: readonly StageClassSchema[],
  namesOf: (known: StageClassSchema) => readonly string[],
): JsonSchema {
  if (here.length === 0) return {};
  const choices = here.map((known) => {
    const isOfClass = { properties: { uses: { const: known.uses } }, required: ['uses'] };
    const fields = namesOf(known).map((name) => ({ $ref: refTo(name) }));
    return conditional(isOfClass, { met: { allOf: fields } });
  });
  return { allOf: choices };
}

/** A stage is of a class, or a pipeline of its own. */
const CLASS_SHAPE = { ...authoredStageSchema.shape, ...expansionShape };
const PIPELINE_SHAPE = { ...subPipelineSchema.shape, ...expansionShape };
const { uses, pipeline, ...OTHERS } = { ...PIPELINE_SHAPE, ...CLASS_SHAPE };
const STAGE = z.strictObject({ uses: uses.optional(), pipeline: pipeline.optional(), ...OTHERS });

/** What a stage must say, and what only one of the two kinds may, when no other layer says the rest. */
export const WHOLE_STAGE: JsonSchema = conditional(
  { required: ['pipeline'] },
  {
    met: { propertyNames: { enum: ['id', ...Object.keys(PIPELINE_SHAPE)] } },
    unmet: {
      propertyNames: { enum: ['id', ...Object.keys(CLASS_SHAPE)] },
      required: requiredKeys(authoredStageSchema),
    },
  },
);

/** As the loader reads an id: `1.10` is the text "1.10". */
const ID_TYPES = ['string', 'number', 'boolean'];
const ID: JsonSchema = { description: 'Names the stage.', type: ID_TYPES, minLength: 1 };

function stageFields(here: readonly StageClassSchema[], ids: readonly string[]): JsonSchema {
  const authored = withNotes(toJson(STAGE, addDurationPattern) ?? {}, STAGE_NOTES);
  const fields = Object.entries(authored.properties ?? {}).map(
    ([key, schema]): [string, JsonSchema] => {
      if (key === 'uses') return [key, usesField(schema, here)];
      if (key === 'needs') return [key, needsField(schema, ids)];
      if (key === 'fallback') return [key, fallbackField(schema)];
      return [key, withPlaceholders(schema)];
    },
  );
  // What the loader reads before it checks a stage, and of which no schema is known here.
  const rest = knownStageKeys([]).map((key): [string, JsonSchema] => [key, {}]);
  return { ...authored, properties: Object.fromEntries([...rest, ...fields]) };
}

function usesField(schema: JsonSchema, here: readonly StageClassSchema[]): JsonSchema {
  const { description = '', ...text } = schema;
  const known = here.map(({ uses, description: what }) => ({ const: uses, description: what }));
  return { description, anyOf: [...known, text] };
}

function needsField(schema: JsonSchema, ids: readonly string[]): JsonSchema {
  const known = ids.length === 0 ? [] : [{ enum: ids }];
  return withPlaceholders({ ...schema, items: { anyOf: [...known, { type: ID_TYPES }] } });
}

/** Its schema lists a stage and outputs; which of them a value is can be told by its `uses`. */
function fallbackField(schema: JsonSchema): JsonSchema {
  const { anyOf = [], ...rest } = schema;
  const standIn = anyOf.find(({ properties }) => properties?.uses !== undefined);
  if (standIn === undefined) return withPlaceholders(schema);
  const outputs = anyOf.filter((option) => option !== standIn);
  return {
    ...rest,
    ...conditional(NAMES_A_STAGE, {
      met: {
        ...withInnerPlaceholders(standIn),
        allOf: [{ $ref: refTo('standInOfItsClass') }],
      },
      unmet: withPlaceholders({ anyOf: outputs }),
    }),
  };
}
