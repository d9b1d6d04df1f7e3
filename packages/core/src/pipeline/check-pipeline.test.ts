import { describe, expect, it } from '@jest/globals';
import { asStageId } from '../base/ids.ts';
import { z } from '../base/zod.ts';
import { toDefinition, toStageDefinition } from '../definition/to-definition.ts';
import { checkPipeline } from './check-pipeline.ts';
import { definePipeline } from './define-pipeline.ts';
import { faultsOf, PlainStage, placesOf, stageOf } from './testing-local/stages.ts';

const stage = stageOf();

describe('checking a pipeline', () => {
  it('reports every kind of fault at once, each with its own code and place', () => {
    const window = z.object({ window: z.int().min(2) });
    const faults = faultsOf([
      { id: 'one', stage: stageOf({ out: ['k'] }), needs: ['three'] },
      { id: 'two', stage, needs: ['one'] },
      { id: 'three', stage, needs: ['two'] },
      { id: 'typo', stage, needs: ['twoo'] },
      { id: 'self', stage, needs: ['self'] },
      { id: 'twice', stage },
      { id: 'twice', stage },
      { id: 'no class', stage: 5 },
      { id: 'params', stage: stageOf({}, { params: window }), with: { window: 1 } },
      { id: 'hungry', stage: stageOf({ in: ['food'] }) },
      { id: 'left', stage: stageOf({ out: ['sum'] }) },
      { id: 'right', stage: stageOf({ out: ['sum'] }) },
      { id: 'safe', stage: stageOf({ out: ['n'] }), fallback: { n: 'no number' } },
      { id: 'renamed', stage: stageOf({ in: [] }), reads: { ghost: 'x' } },
      { id: ' bad', stage },
    ]);
    expect(placesOf(faults)).toEqual([
      'STAGE_DUPLICATE stages/6',
      'DEPENDENCY_UNKNOWN stages/typo/needs/0',
      'DEPENDENCY_SELF stages/self/needs/0',
      'GRAPH_CYCLIC stages/one/needs/0',
      'STAGE_NOT_A_STAGE stages/no class/uses',
      'PARAMS_INVALID stages/params/with/window',
      'FALLBACK_INVALID stages/safe/fallback/n',
      'RENAME_UNKNOWN stages/renamed/reads/ghost',
      'STAGE_ID_INVALID stages/ bad',
      'WRITE_CONFLICT stages/right',
      'INPUT_MISSING stages/hungry',
    ]);
    expect(new Set(faults.map(({ code }) => code)).size).toBe(faults.length);
    for (const fault of faults) expect(fault.severity).toBe('error');
  });

  it('says the same in the same order each time', () => {
    const stages = Object.fromEntries(
      Array.from({ length: 20 }, (_, at) => [
        `s${at}`,
        { stage: stageOf({ in: [`k${at}`], out: ['shared'] }), needs: [`gone${at % 3}`] },
      ]),
    );
    expect(faultsOf(stages)).toEqual(faultsOf(stages));
  });

  it('refuses a pipeline without stages', () => {
    expect(placesOf(faultsOf({}))).toEqual(['PIPELINE_EMPTY stages']);
    expect(placesOf(faultsOf([]))).toEqual(['PIPELINE_EMPTY stages']);
  });

  it('suggests the id that was meant and lists some that there are', () => {
    const [fault] = faultsOf({ ingest: { stage }, score: { stage, needs: ['ingset'] } });
    expect(fault).toMatchObject({
      got: '"ingset"',
      help: 'did you mean "ingest"?',
      expected: 'one of ingest, score',
    });
  });

  it('names the closed path of a cycle and the place of each step', () => {
    const [fault] = faultsOf({
      a: { stage, needs: ['free', 'c'] },
      b: { stage, needs: ['a'] },
      c: { stage, needs: ['b'] },
      free: { stage },
    });
    expect(fault?.message).toBe('stages need each other in a cycle: "a" -> "c" -> "b" -> "a"');
    expect(fault?.path).toEqual(['stages', 'a', 'needs', 1]);
    expect(fault?.related).toEqual([
      { message: '"c" needs "b"', path: ['stages', 'c', 'needs', 0] },
      { message: '"b" needs "a"', path: ['stages', 'b', 'needs', 0] },
    ]);
  });

  it('warns of a dependency that stands twice and builds the pipeline all the same', () => {
    const definition = toDefinition({ name: 'test' }, [
      toStageDefinition(asStageId('a'), { uses: 'x', needs: [] }),
      toStageDefinition(asStageId('b'), { uses: 'x', needs: ['a', 'a'] }),
    ]);
    const { pipeline, diagnostics } = checkPipeline(definition, new Map([['x', PlainStage]]));
    expect(diagnostics).toMatchObject([
      { code: 'DEPENDENCY_REPEATED', severity: 'warning', path: ['stages', 'b', 'needs', 1] },
    ]);
    expect(pipeline?.stages).toHaveLength(2);
  });

  it('builds nothing while a class is missing, which its loader has reported', () => {
    const definition = toDefinition({ name: 'test' }, [
      toStageDefinition(asStageId('a'), { uses: 'gone', needs: [] }),
    ]);
    expect(checkPipeline(definition, new Map())).toEqual({ diagnostics: [] });
  });

  it('checks a duplicate too, and names it by its place in the list', () => {
    const params = z.object({ n: z.number() });
    const strict = stageOf({}, { params });
    const faults = faultsOf([
      { id: 'a', stage: strict, with: { n: 'first' } },
      { id: 'a', stage: strict, with: { n: 'second' }, needs: ['gone'] },
      { id: 'a', stage: 7 },
    ]);
    expect(placesOf(faults)).toEqual([
      'STAGE_DUPLICATE stages/1',
      'STAGE_DUPLICATE stages/2',
      'DEPENDENCY_UNKNOWN stages/1/needs/0',
      'PARAMS_INVALID stages/a/with/n',
      'PARAMS_INVALID stages/1/with/n',
      'STAGE_NOT_A_STAGE stages/2/uses',
    ]);
  });

  it.each([
    ['', 'is empty'],
    [' a', 'white space'],
    ['a\u0000b', 'control character'],
    ['x'.repeat(201), 'longer than 200'],
    ['a\u202eb', 'control character'],
    ['\ud800', 'surrogate'],
  ])('refuses the id %j', (id, why) => {
    const [fault, ...others] = faultsOf([{ id, stage }]);
    expect(others).toEqual([]);
    expect(fault).toMatchObject({ code: 'STAGE_ID_INVALID', path: ['stages', id] });
    expect(fault?.message).toContain(why);
  });

  it.each(['constructor', '__proto__', 'toString', 'then', 'größe', '段階', 'a b c', '1', 'a.b/c'])(
    'takes the id %j in a list and in an object, also as a dependency',
    (id) => {
      const list = [
        { id, stage: stageOf({ out: ['k'] }) },
        { id: 'reader', stage: stageOf({ in: ['k'] }), needs: [id] },
      ];
      // Object.fromEntries makes an own key of `__proto__`, as JSON.parse does.
      const byId = Object.fromEntries(list.map(({ id, ...rest }) => [id, rest]));
      for (const stages of [list, byId]) {
        const pipeline = definePipeline({ name: id, stages });
        expect(pipeline.stages.map((bound) => bound.id).sort()).toEqual([id, 'reader'].sort());
        expect(pipeline.stage(id).id).toBe(id);
        const reader = pipeline.stage('reader').index;
        expect(pipeline.wiring.inputs.of(reader)[0]?.provider).toBe(pipeline.stage(id).index);
        expect(pipeline.stageGraph.dependenciesOf('reader')).toEqual([id]);
      }
    },
  );

  it('tells of a stage that does not exist with the nearest that does', () => {
    const pipeline = definePipeline({ name: 'test', stages: { ingest: { stage } } });
    expect(() => pipeline.stage('ingets')).toThrow(
      expect.objectContaining({
        code: 'STAGE_UNKNOWN',
        message: 'pipeline "test" has no stage "ingets"; did you mean "ingest"?',
      }),
    );
  });
});

describe('what follows from another fault', () => {
  it('is not reported below an unknown dependency, a cycle, a missing class or a wrong rename', () => {
    const reads = stageOf({ in: ['k'] });
    const causes = [
      ['DEPENDENCY_UNKNOWN', { cause: { stage, needs: ['gone'] } }],
      ['DEPENDENCY_SELF', { cause: { stage, needs: ['cause'] } }],
      ['GRAPH_CYCLIC', { cause: { stage, needs: ['x'] }, x: { stage, needs: ['cause'] } }],
      ['STAGE_NOT_A_STAGE', { cause: { stage: null } }],
      ['RENAME_UNKNOWN', { cause: { stage: stageOf({ out: ['k'] }), writes: { kk: 'k' } } }],
    ] as const;
    for (const [code, stages] of causes) {
      const faults = faultsOf({ ...stages, reader: { stage: reads, needs: ['cause'] } });
      expect(faults.map((fault) => fault.code)).toEqual([code]);
    }
  });

  it('is not reported for the faulty stage itself', () => {
    const faults = faultsOf({
      writer: { stage: stageOf({ out: ['k'] }) },
      reader: { stage: stageOf({ in: ['k'], out: ['k2'] }), needs: ['writr'] },
    });
    expect(placesOf(faults)).toEqual(['DEPENDENCY_UNKNOWN stages/reader/needs/0']);
  });

  it('is not reported as a conflict of writers that the unknown dependency may have ordered', () => {
    const writes = stageOf({ out: ['k'] });
    const faults = faultsOf({
      first: { stage: writes },
      second: { stage: writes, needs: ['frist'] },
      third: { stage: writes, needs: ['second'] },
    });
    expect(placesOf(faults)).toEqual(['DEPENDENCY_UNKNOWN stages/second/needs/0']);
  });

  it('does not hide what has nothing to do with it', () => {
    const params = z.object({ n: z.number() });
    const faults = faultsOf({
      cause: { stage: 5 },
      // Wrong params say nothing of keys: the missing input is a fault of its own.
      params: { stage: stageOf({ in: ['a'], out: ['b'] }, { params }), with: { n: 'x' } },
      below: { stage: stageOf({ in: ['b', 'c'] }), needs: ['params'] },
      left: { stage: stageOf({ out: ['d'] }), needs: ['cause'] },
      right: { stage: stageOf({ out: ['d'] }), needs: ['cause'] },
    });
    expect(placesOf(faults)).toEqual([
      'STAGE_NOT_A_STAGE stages/cause/uses',
      'PARAMS_INVALID stages/params/with/n',
      'WRITE_CONFLICT stages/right',
      'INPUT_MISSING stages/params',
      'INPUT_MISSING stages/below',
    ]);
  });
});
