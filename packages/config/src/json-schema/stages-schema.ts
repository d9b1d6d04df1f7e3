import { conditional } from './conditional.ts';
import type { JsonSchema } from './json-schema.ts';
import { partialOf } from './partial-definitions.ts';
import type { StageClassSchema } from './stage-class-schema.ts';
import { WHOLE_STAGE } from './stage-schema.ts';
import { refTo } from './to-definitions.ts';

/**
 * The stages of a pipeline, as a map or as a list. Without `anyOf`, so that editors blame a stage and
 * not the way in which the stages are listed.
 */
export function stagesSchema(): JsonSchema {
  const ofItsClass = ref('stageOfItsClass');
  const part = ref(partialOf('stageOfItsClass'));
  const whole: JsonSchema = { allOf: [WHOLE_STAGE, ofItsClass] };
  const isPart = { properties: { id: { pattern: PART_ID } } };
  return {
    type: ['object', 'array'],
    propertyNames: STAGE_ID,
    patternProperties: { [PART_ID]: orPlaceholder({ allOf: [ref('stage'), part] }) },
    additionalProperties: orPlaceholder({ allOf: [ref('stage'), ...(whole.allOf ?? [])] }),
    items: {
      allOf: [ref('listedStage'), conditional(isPart, { met: part, unmet: whole })],
      required: ['id'],
    },
  };
}

/**
 * Stages of which other layers give the rest.
 * @param classOfId the classes of stages whose `uses` may stand in another layer
 */
export function partialStagesSchema(classOfId: ReadonlyMap<string, StageClassSchema>): JsonSchema {
  const ofItsClass = ref(partialOf('stageOfItsClass'));
  const known = Array.from(classOfId, ([id, { fields }]): [string, JsonSchema] => {
    const unlessOther = conditional({ required: ['uses'] }, { unmet: ref(partialOf(fields)) });
    return [id, orPlaceholder({ allOf: [ref('stage'), ofItsClass, unlessOther] })];
  });
  return {
    type: ['object', 'array'],
    propertyNames: STAGE_ID,
    ...(known.length === 0 ? {} : { properties: Object.fromEntries(known) }),
    additionalProperties: orPlaceholder({ allOf: [ref('stage'), ofItsClass] }),
    items: { allOf: [ref('listedStage'), ofItsClass], required: ['id'] },
  };
}

/** What changes an instance or an inner stage, whose rest another entry says: `score[20]`, `prep/load`. */
const PART_ID = '[\\[/]';

/** An id neither begins nor ends with white space. */
const STAGE_ID: JsonSchema = { pattern: '^\\S(?:.*\\S)?$' };

function orPlaceholder(schema: JsonSchema): JsonSchema {
  return { anyOf: [schema, ref('placeholder')] };
}

function ref(name: string): JsonSchema {
  return { $ref: refTo(name) };
}
