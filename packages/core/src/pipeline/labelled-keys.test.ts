import { expect, test } from '@jest/globals';
import type { Diagnostic } from '../base/diagnostic.ts';
import { asStageId } from '../base/ids.ts';
import type { StageDefinition } from '../definition/pipeline-definition.ts';
import { toDefinition, toStageDefinition } from '../definition/to-definition.ts';
import { checkPipeline } from './check-pipeline.ts';
import { stageOf } from './testing-local/stages.ts';

const CLASSES = new Map<string, unknown>([
  ['orders', stageOf({ out: ['orders'] })],
  ['join', stageOf({ in: ['parts'] })],
]);

interface Instance extends Pick<StageDefinition, 'writeSuffix' | 'namespace'> {
  readonly id: string;
  readonly needs?: readonly string[];
}

/** What is missing for a stage that reads `orders`, which instances of `o` write. */
function missingFor(
  { id, needs = [], ...facts }: Instance,
  { key = 'orders', prefix = '' } = {},
): Diagnostic | undefined {
  const writers = ['north', 'south'].map((label) =>
    toStageDefinition(
      asStageId(`${prefix}o[${label}]`),
      { uses: 'orders', needs: [] },
      { writeSuffix: `[${label}]`, ...(prefix === '' ? {} : { namespace: prefix }) },
    ),
  );
  const reader = { uses: 'join', needs: [...needs], reads: { parts: key } };
  const stages = [...writers, toStageDefinition(asStageId(id), reader, facts)];
  return checkPipeline(toDefinition({ name: 'test' }, stages), CLASSES).diagnostics[0];
}

test('a key that only instances write is told with their labels, and how to read all or one', () => {
  expect(missingFor({ id: 'j', needs: ['o[north]', 'o[south]'] })).toMatchObject({
    code: 'INPUT_MISSING',
    path: ['stages', 'j', 'reads', 'parts'],
    message:
      'stage "j" reads "orders", which is written once for each instance, with its label behind it',
    expected: 'keys such as orders[north], orders[south]',
    help: 'read all of them as a list: reads: { parts: "orders[*]" }, or one of them: reads: { parts: "orders[north]" }',
    related: [{ path: ['stages', 'o[north]'] }],
  });
});

test('the stage is told to need them where it does not', () => {
  expect(missingFor({ id: 'j' })?.help).toMatch(/; and needs: \[o\]$/);
});

test('a stage that is repeated alike is told to read that of its own instance', () => {
  expect(missingFor({ id: 'j[north]', writeSuffix: '[north]', needs: ['o[north]'] })?.help).toBe(
    `read all of them as a list: reads: { parts: "orders[*]" }, or that of its own instance: reads: { parts: "orders[\${matrix.NAME}]" }`,
  );
});

test('keys of a pipeline inside have the names that they have there', () => {
  const inside = { key: 'in/orders', prefix: 'in/' };
  expect(missingFor({ id: 'in/j', namespace: 'in/' }, inside)).toMatchObject({
    message:
      'stage "in/j" reads "orders", which is written once for each instance, with its label behind it',
    expected: 'keys such as orders[north], orders[south]',
    help: 'read all of them as a list: reads: { parts: "orders[*]" }, or one of them: reads: { parts: "orders[north]" }; and needs: [o]',
  });
});

test('a slip in another key is no label', () => {
  expect(missingFor({ id: 'j' }, { key: 'other' })?.help).toMatch(/^give it under context/);
});

test('a key that a repeated pipeline gives is told with the pipeline to need', () => {
  const writers = ['north', 'south'].map((label) =>
    toStageDefinition(
      asStageId(`w[${label}]/o`),
      { uses: 'orders', needs: [], writes: { orders: `orders[${label}]` } },
      { namespace: `w[${label}]/` },
    ),
  );
  const reader = { uses: 'join', needs: [], reads: { parts: 'orders' } };
  const stages = [...writers, toStageDefinition(asStageId('j'), reader)];
  const [fault] = checkPipeline(toDefinition({ name: 'test' }, stages), CLASSES).diagnostics;
  expect(fault?.help).toMatch(/; and needs: \[w\]$/);
});
