import type { StageClass, z } from '@millrace/core';

/** What a stage does, reads and gives, for people who choose one. */
export function describeStage({ name, spec }: StageClass): string {
  const { description, inputs, outputs, updates } = spec;
  const lists = [
    ['Reads', inputs],
    ['Returns', outputs],
    ['Updates', updates],
  ] as const;
  const facts = lists.flatMap(([verb, schema]) => {
    const keys = schema === undefined ? [] : Object.entries(schema.shape).map(shownKey);
    return keys.length === 0 ? [] : [`${verb} ${keys.join(', ')}.`];
  });
  return [description ?? `The stage ${name}.`, facts.join(' ')].join('\n\n').trim();
}

function shownKey([key, field]: readonly [string, z.core.$ZodType]): string {
  return field._zod.optin === undefined ? key : `${key} (optional)`;
}
