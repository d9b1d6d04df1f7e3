import type { z } from '@millrace/core';
import { SCHEMA_KEY } from '../layers/without-schema-key.ts';
import {
  environmentSchema,
  LAYER_FIELDS,
  PIPELINE_KEYS,
  pipelineSchema,
} from '../shape/config-schema.ts';
import { addDurationPattern } from './add-duration-pattern.ts';
import { PIPELINE_NOTES, withNotes } from './field-notes.ts';
import type { JsonSchema } from './json-schema.ts';
import { refTo } from './to-definitions.ts';
import { toJson } from './to-json.ts';
import { withInnerPlaceholders, withPlaceholders } from './with-placeholders.ts';

type Fields = Readonly<Record<string, JsonSchema>>;

/** Read before placeholders are filled in. */
const READ_EARLY = ['params', ...LAYER_FIELDS];

/** The fields of a pipeline, and those that only the top of a file may hold. */
export function pipelineFields(): Fields {
  const fields = fieldsOf(pipelineSchema, PIPELINE_KEYS);
  const { environments = {} } = fields;
  // An environment of which nothing is said is one all the same: `dev:`.
  const section = { allOf: [{ $ref: refTo('environment') }, { not: { required: [SCHEMA_KEY] } }] };
  const additionalProperties = { anyOf: [section, { type: 'null' }] };
  return { ...fields, environments: { ...environments, additionalProperties } };
}

/** The fields that an environment may change. */
export function environmentFields(): Fields {
  return fieldsOf(environmentSchema, []);
}

/** What these hold is said for a whole file and for a part of one, so here they are only described. */
const DESCRIBED: Fields = {
  stages: { description: 'The stages by id, or a list of stages with `id`.' },
  pipelines: {
    description: 'Several pipelines by name, in place of one. What they share stands beside them.',
  },
};

/** @param known what the loader knows: a key without a schema holds anything, and is never refused */
function fieldsOf(schema: z.ZodObject, known: readonly string[]): Fields {
  const { properties = {} } = withNotes(toJson(schema, addDurationPattern) ?? {}, PIPELINE_NOTES);
  const keys = new Set([...Object.keys(properties), ...known]);
  const fields = Array.from(keys, (key) => [
    key,
    DESCRIBED[key] ?? withPlaceholdersIn(key, properties[key] ?? {}),
  ]);
  return Object.fromEntries(fields);
}

function withPlaceholdersIn(key: string, field: JsonSchema): JsonSchema {
  return READ_EARLY.includes(key) ? withInnerPlaceholders(field) : withPlaceholders(field);
}
