import { describe, expect, test } from '@jest/globals';
import { PipelineStage, z } from '@millrace/core';
import {
  environmentSchema,
  knownStageKeys,
  PIPELINE_KEYS,
  pipelineSchema,
} from '../shape/config-schema.ts';
import { fileSchema } from './file-schema.ts';
import type { JsonSchema } from './json-schema.ts';
import { mapSubschemas } from './map-subschemas.ts';
import { schemaFaults } from './testing-local/schema-faults.ts';

class Load extends PipelineStage.of({ outputs: z.object({ prices: z.number() }) }) {
  run() {
    return { prices: 1 };
  }
}

class Score extends PipelineStage.of({
  description: 'Scores.',
  params: z.object({
    window: z.int().min(2).describe('Days that count.'),
    mode: z.enum(['fast', 'full']).default('fast'),
    weights: z.record(z.string(), z.number()).optional(),
  }),
  inputs: z.object({ prices: z.number(), volume: z.number().optional() }),
  outputs: z.object({ score: z.number() }),
}) {
  run() {
    return { score: 1 };
  }
}

const { schema: general } = fileSchema({ classes: [], ids: [] });
const { schema: known } = fileSchema({
  classes: [
    { uses: './load.ts', stageClass: Load, isNamedHere: true, ids: ['load'] },
    { uses: '#score', stageClass: Score, isNamedHere: true, ids: ['score'] },
    { uses: './far.ts', stageClass: Score, isNamedHere: false, ids: ['far'] },
  ],
  ids: ['load', 'score', 'far'],
});

const keysOf = (schema: JsonSchema | undefined): string[] =>
  Object.keys(schema?.properties ?? {}).sort();

/** The description of each field, by its path; undefined for one without. */
function descriptions(schema: JsonSchema, root: JsonSchema, path = ''): [string, unknown][] {
  return Object.entries(schema.properties ?? {}).flatMap(([key, field]) => {
    const name = field.$ref?.split('/properties/')[1];
    const found = name === undefined ? field : root.definitions?.pipeline?.properties?.[name];
    const inner = [found ?? {}, ...(found?.anyOf ?? [])];
    const here = `${path}${key}`;
    return [
      [here, found?.description],
      ...inner.flatMap((one) => descriptions(one, root, `${here}.`)),
    ];
  });
}

describe('the schema of config files', () => {
  test('has every key that the loader knows, and no other', () => {
    expect(keysOf(general)).toEqual(['$schema', ...PIPELINE_KEYS].sort());
    const { definitions: { stage, listedStage, environment } = {} } = general;
    expect(keysOf(stage)).toEqual(expect.arrayContaining([...knownStageKeys([])]));
    expect(keysOf(listedStage)).toEqual([...keysOf(stage), 'id'].sort());
    expect(keysOf(environment)).toEqual(
      ['$schema', ...Object.keys(environmentSchema.shape)].sort(),
    );
    const ofStage = [...knownStageKeys([]), 'foreach', 'matrix', 'params', 'pipeline', 'stages'];
    expect(keysOf(stage)).toEqual([...new Set(ofStage)].sort());
  });

  test('has the keys inside of fields too', () => {
    const { retry } = general.definitions?.stage?.properties ?? {};
    expect(keysOf(retry?.anyOf?.[0])).toEqual([...knownStageKeys(['retry'])].sort());
    const { logging } = general.definitions?.pipeline?.properties ?? {};
    expect(keysOf(logging?.anyOf?.[0])).toEqual(
      Object.keys(pipelineSchema.shape.logging.unwrap().shape).sort(),
    );
  });

  test('describes every field', () => {
    const { stage = {}, environment = {} } = general.definitions ?? {};
    const all = [general, stage, environment].flatMap((part) => descriptions(part, general));
    expect(all.length).toBeGreaterThan(40);
    expect(all.filter(([, text]) => typeof text !== 'string' || text === '')).toEqual([]);
  });

  test('refers to what it defines, and defines nothing that nobody refers to', () => {
    const refs = new Set<string>();
    const collect = (schema: JsonSchema): JsonSchema => {
      if (schema.$ref !== undefined) refs.add(schema.$ref.replace(/\/properties\/.*/, ''));
      return mapSubschemas(schema, collect);
    };
    collect(known);
    const defined = Object.keys(known.definitions ?? {}).map((name) => `#/definitions/${name}`);
    expect([...refs].filter((ref) => !defined.includes(ref))).toEqual([]);
    const unused = defined.filter((ref) => !refs.has(ref)).map((ref) => ref.split('/')[2]);
    // For files that others extend: they name it themselves.
    expect(unused.filter((name) => name !== 'base')).toEqual([]);
  });

  test('says in the parts that a file may name all that it says at the top', () => {
    // An editor that reads a part adds whatever else the top says.
    const { definitions, ...top } = general;
    const constraints = Object.keys(top).filter(
      (keyword) => !['$schema', 'title', 'description'].includes(keyword),
    );
    for (const part of [definitions?.base, definitions?.environment])
      expect(Object.keys(part ?? {})).toEqual(expect.arrayContaining(constraints));
  });

  test('shows defaults', () => {
    const { concurrency, durability } = general.definitions?.pipeline?.properties ?? {};
    expect([concurrency?.default, durability?.default]).toEqual([4, 'strict']);
    const { retry, grace } = general.definitions?.stage?.properties ?? {};
    expect(retry?.anyOf?.[0]?.properties?.maxDelay?.default).toBe('1m');
    expect(grace?.default).toBe('5s');
  });
});

describe('the schema of a config whose stages are known', () => {
  test('offers their `uses` with what they do, and their ids', () => {
    const { uses, needs } = known.definitions?.stage?.properties ?? {};
    expect(uses?.anyOf).toEqual([
      { const: './load.ts', description: 'The stage Load.\n\nReturns prices.' },
      {
        const: '#score',
        description: 'Scores.\n\nReads prices, volume (optional). Returns score.',
      },
      { type: 'string', minLength: 1 },
    ]);
    expect(needs?.anyOf?.[0]).toMatchObject({
      items: { anyOf: [{ enum: ['load', 'score', 'far'] }, {}] },
    });
  });

  const stages = (score: object, more: object = {}): object => ({
    name: 'x',
    stages: { score: { uses: '#score', ...score } },
    ...more,
  });

  test.each([
    ['its params', { with: { window: 2, mode: 'full' } }],
    [
      'placeholders in them',
      { with: { window: `\${n}`, mode: `f\${x}`, weights: { a: `\${env:A}` } } },
    ],
    ['a placeholder for all of them', { with: `\${settings}` }],
    [
      'renamed inputs and outputs',
      { with: { window: 2 }, reads: { prices: 'p' }, writes: { score: 's' } },
    ],
    ['its outputs as a fallback', { with: { window: 2 }, fallback: { score: 0 } }],
    ['another stage as a fallback', { with: { window: 2 }, fallback: { uses: './load.ts' } }],
    ['a class that is not known', { uses: './other.ts', with: { anything: 1 }, reads: { x: 'y' } }],
    ['no class yet', { uses: `\${which}`, with: { anything: 1 } }],
  ])('accepts %s', (_name, stage) => {
    expect(schemaFaults(known, stages(stage))).toEqual([]);
  });

  test.each([
    ['a wrong param', { with: { window: 1 } }, 'stages.score.with.window'],
    ['a param of another type', { with: { window: 'many' } }, 'stages.score.with.window'],
    ['a wrong choice', { with: { window: 2, mode: 'slow' } }, 'stages.score.with.mode'],
    ['a slip in a param', { with: { window: 2, mod: 'full' } }, 'stages.score.with.mod'],
    ['a wrong inner value', { with: { window: 2, weights: { a: 'b' } } }, 'weights.a'],
    ['a param that is missing', { with: {} }, 'stages.score.with.window'],
    ['params that are missing', {}, 'stages.score.with'],
    ['params that are empty', { with: null }, 'stages.score.with'],
    ['an input that it has not', { with: { window: 2 }, reads: { price: 'p' } }, 'reads.price'],
    [
      'an output that it has not',
      { with: { window: 2 }, writes: { scores: 's' } },
      'writes.scores',
    ],
    [
      'other outputs as a fallback',
      { with: { window: 2 }, fallback: { scores: 0 } },
      'fallback.scores',
    ],
    [
      'wrong params of a fallback',
      { with: { window: 2 }, fallback: { uses: '#score' } },
      'fallback.with',
    ],
  ])('refuses %s', (_name, stage, where) => {
    expect(schemaFaults(known, stages(stage)).join('\n')).toContain(where);
  });

  test.each([
    [
      'a stage that is a pipeline',
      { pipeline: './prep.yaml', params: { a: 1 }, needs: ['load'] },
      true,
    ],
    ['one with a matrix', { uses: './load.ts', matrix: { a: [1, 2], exclude: [{ a: 1 }] } }, true],
    ['a pipeline with a class', { pipeline: './prep.yaml', uses: './load.ts' }, false],
    ['a pipeline with the params of a class', { pipeline: './prep.yaml', with: {} }, false],
    ['a class with the params of a pipeline', { uses: './load.ts', params: {} }, false],
    ['a matrix of no list', { uses: './load.ts', matrix: { a: 1 } }, false],
  ])('tells right from wrong: %s', (_name, stage, isFine) => {
    const map = { name: 'x', stages: { s: stage } };
    const list = { name: 'x', stages: [{ id: 's', ...stage }] };
    expect(schemaFaults(known, map).length === 0).toBe(isFine);
    expect(schemaFaults(known, list).length === 0).toBe(isFine);
  });

  test('knows a class of a listed stage as well', () => {
    const listed = (window: number): object => ({
      name: 'x',
      stages: [{ id: 1.1, uses: '#score', with: { window } }],
    });
    expect(schemaFaults(known, listed(2))).toEqual([]);
    expect(schemaFaults(known, listed(1))).not.toEqual([]);
  });

  test('asks a file that extends others for nothing that these may give', () => {
    const extending = (stage: object): object => ({
      extends: './base.yaml',
      stages: { score: stage, far: stage },
    });
    expect(schemaFaults(known, extending({ with: { mode: 'full' } }))).toEqual([]);
    expect(schemaFaults(known, extending({ uses: '#score', with: { mode: 'full' } }))).toEqual([]);
    const wrong = schemaFaults(known, extending({ with: { mode: 'slow' } })).join('\n');
    expect(wrong).toContain('stages.score.with.mode');
    expect(wrong).toContain('stages.far.with.mode');
    expect(schemaFaults(known, { ...stages({}), extends: [] })).toEqual([]);
  });

  test('asks what changes an instance or an inner stage for nothing that its stage says', () => {
    const changed = (change: object): object[] => [
      stages({ with: { window: 2 } }, {}),
      {
        name: 'x',
        stages: {
          score: { uses: '#score', with: { window: 2 } },
          'score[20,SPY]': change,
          'prep/load': change,
        },
      },
      {
        name: 'x',
        stages: [
          { id: 'score[20,SPY]', ...change },
          { id: 'prep[1]/load', ...change },
        ],
      },
    ];
    for (const fine of changed({ timeout: '5m', with: { mode: 'full' } }))
      expect(schemaFaults(known, fine)).toEqual([]);
    const [, ...wrong] = changed({ timout: '5m' });
    for (const config of wrong) expect(schemaFaults(known, config).join('\n')).toContain('timout');
    expect(schemaFaults(known, { name: 'x', stages: { score: { timeout: '5m' } } })).not.toEqual(
      [],
    );
  });

  test('accepts the key by which an editor finds it, at the top of a file only', () => {
    const $schema = './schema.json';
    expect(schemaFaults(known, stages({ with: { window: 2 } }, { $schema }))).toEqual([]);
    const many = { $schema, pipelines: { a: { stages: { s: { uses: './load.ts' } } } } };
    expect(schemaFaults(known, many)).toEqual([]);
    for (const wrong of [
      { $schema: 5 },
      { environments: { prod: { $schema } } },
      { pipelines: { a: { $schema, stages: {} } } },
    ])
      expect(schemaFaults(known, { extends: './base.yaml', ...wrong })).not.toEqual([]);
  });

  test('checks environments in the same way', () => {
    const prod = (environment: unknown): object =>
      stages({ with: { window: 2 } }, { environments: { prod: environment } });
    for (const fine of [
      null,
      {},
      { concurrency: 8, params: { a: 1 }, store: 'memory' },
      { stages: { score: { with: { mode: 'full' } }, more: { uses: './more.ts' } } },
      { stages: [{ id: 'score', with: { mode: 'full' } }] },
    ]) {
      expect(schemaFaults(known, prod(fine))).toEqual([]);
    }
    for (const [wrong, where] of [
      [{ concurency: 8 }, 'environments.prod.concurency'],
      [{ stages: { score: { with: { mode: 'slow' } } } }, 'with.mode'],
      [{ environments: {} }, 'environments.prod.environments'],
    ] as const) {
      expect(schemaFaults(known, prod(wrong)).join('\n')).toContain(where);
    }
  });

  test('says for a base what its parts may be', () => {
    const base: JsonSchema = { $ref: '#/definitions/base' };
    const asBase = (value: unknown): string[] =>
      schemaFaults({ ...base, definitions: { ...known.definitions, here: base } }, value);
    expect(asBase({ params: { a: 1 }, stages: { load: { timeout: '5m' } } })).toEqual([]);
    expect(asBase({ stages: { load: { timeout: 5 } } })).not.toEqual([]);
  });
});
