import { describe, expect, it } from '@jest/globals';
import { z } from '../base/zod.ts';
import { definePipeline } from './define-pipeline.ts';
import { faultsOf, PlainStage, placesOf, stageOf } from './testing-local/stages.ts';

const Sum = stageOf({ in: ['a'], out: ['n', 'extra?'] });
const given = { context: { a: 1, b: 1 } };

describe('a fallback value', () => {
  it('must be all that the stage returns, in its types', () => {
    expect(faultsOf({ s: { stage: Sum, fallback: { n: 1 } } }, given)).toEqual([]);
    const faults = faultsOf({ s: { stage: Sum, fallback: { extra: 'x', m: 1 } } }, given);
    expect(placesOf(faults)).toEqual([
      'FALLBACK_INVALID stages/s/fallback/n',
      'FALLBACK_INVALID stages/s/fallback/extra',
      'FALLBACK_INVALID stages/s/fallback/m',
    ]);
    expect(faults[0]?.message).toBe(
      'the fallback of stage "s" is not what the stage returns: n: must be a number',
    );
  });

  it('must be storable, also where nothing is declared', () => {
    const faults = faultsOf({ s: { stage: PlainStage, fallback: { deep: [{ f: () => 1 }] } } });
    expect(placesOf(faults)).toEqual(['FALLBACK_INVALID stages/s/fallback']);
    expect(faults[0]?.message).toContain('fallback.deep[0].f');
  });

  it('is read by the schema and does not change with what was given', () => {
    const outputs = z.object({ n: z.coerce.number(), list: z.array(z.number()) });
    const fallback = { n: '5', list: [1] };
    const { stages } = definePipeline({
      name: 'x',
      stages: { s: { stage: stageOf({}, { outputs }), fallback } },
    });
    fallback.list.push(2);
    expect(stages[0]?.fallback).toMatchObject({ outputs: { n: 5, list: [1] } });
  });

  it('is reported when its schema throws', () => {
    const outputs = z.object({ n: z.number().transform(() => JSON.parse('{')) });
    const faults = faultsOf({ s: { stage: stageOf({}, { outputs }), fallback: { n: 1 } } });
    expect(placesOf(faults)).toEqual(['FALLBACK_INVALID stages/s/fallback']);
  });
});

describe('a fallback stage', () => {
  const place = 'FALLBACK_INVALID stages/s/fallback/uses';

  it.each([
    ['the same keys', { in: ['a'], out: ['n', 'extra?'] }, []],
    ['fewer inputs and only the required outputs', { out: ['n'] }, []],
    ['an optional input more', { in: ['a', 'b?'], out: ['n'] }, []],
    ['an input more', { in: ['a', 'b'], out: ['n'] }, [place]],
    ['an output more', { in: ['a'], out: ['n', 'm'] }, [place]],
    ['an output less', { in: ['a'], out: ['extra?'] }, [place]],
  ])('that has %s is judged by what the stage reads and returns', (_, keys, places) => {
    const faults = faultsOf({ s: { stage: Sum, fallback: { stage: stageOf(keys) } } }, given);
    expect(placesOf(faults)).toEqual(places);
  });

  it('has its own params checked, at their place', () => {
    const params = z.object({ window: z.int() });
    const Spare = stageOf({ out: ['n'] }, { params });
    const fallback = { stage: Spare, with: { windw: 3 } };
    const faults = faultsOf({ s: { stage: Sum, fallback } }, given);
    expect(placesOf(faults)).toEqual(['PARAMS_INVALID stages/s/fallback/with/windw']);
    expect(faults[0]?.message).toMatch(/^the fallback of stage "s" has an unknown param/);
  });

  it('must be a stage', () => {
    class Other {}
    const faults = faultsOf({ s: { stage: Sum, fallback: { stage: Other } } }, given);
    expect(placesOf(faults)).toEqual(['STAGE_NOT_A_STAGE stages/s/fallback/uses']);
  });

  it('is not mistaken for outputs when a field is misspelt', () => {
    const fallback = { stage: stageOf({ out: ['n'] }), wiht: {} };
    const faults = faultsOf({ s: { stage: Sum, fallback } }, given);
    expect(placesOf(faults)).toEqual(['DEFINITION_INVALID stages/s/fallback/wiht']);
  });
});
