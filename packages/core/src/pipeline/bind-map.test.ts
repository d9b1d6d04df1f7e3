import { describe, expect, it } from '@jest/globals';
import type { Diagnostic } from '../base/diagnostic.ts';
import { asStageId } from '../base/ids.ts';
import { z } from '../base/zod.ts';
import { authoredStageSchema, toStageDefinition } from '../definition/index.ts';
import { MappedStage, PipelineStage, type StageClass, type StageSpec } from '../stage/index.ts';
import { bindMap } from './bind-map.ts';
import type { BoundMap } from './bound-stage.ts';
import { blueprintOf } from './stage-blueprint.ts';

const KEYS = {
  inputs: z.object({ rows: z.array(z.any()), rate: z.number() }),
  outputs: z.object({ done: z.array(z.any()), bad: z.array(z.any()) }),
};

/** A class whose spec no type checks. */
function mappedClass(spec: StageSpec): StageClass {
  class Mapped extends MappedStage {
    static override readonly spec = spec;
    override runItem(): void {}
  }
  return Mapped as unknown as StageClass;
}

function bind(
  stageClass: StageClass,
  map?: object,
): { readonly bound: BoundMap | undefined; readonly told: readonly Diagnostic[] } {
  const told: Diagnostic[] = [];
  const authored = authoredStageSchema.parse({ uses: 'x', ...(map === undefined ? {} : { map }) });
  const definition = toStageDefinition(asStageId('scan'), authored);
  const bound = bindMap(definition, blueprintOf(stageClass), {
    owner: 'stage "scan"',
    path: ['stages', 'scan'],
    report: (diagnostic) => told.push(diagnostic),
  });
  return { bound, told };
}

describe('how a mapped stage goes about its items', () => {
  it('is what its class says, overridden field by field', () => {
    const stageClass = mappedClass({
      ...KEYS,
      map: { over: 'rows', key: 'id', into: 'done', concurrency: 9, failureBudget: '5%' },
    });
    const { bound, told } = bind(stageClass, { concurrency: 2, timeout: '5s', deadline: '1m' });
    expect(told).toEqual([]);
    expect(bound).toMatchObject({
      over: 'rows',
      key: 'id',
      into: 'done',
      failures: undefined,
      concurrency: 2,
      failureBudget: { kind: 'share', most: 0.05 },
      retry: { attempts: 1 },
      timeoutMs: 5000,
      deadlineMs: 60_000,
    });
  });

  it('may be said by the definition alone', () => {
    const { bound, told } = bind(mappedClass(KEYS), { over: 'rows', into: 'done' });
    expect(told).toEqual([]);
    expect(bound).toMatchObject({ over: 'rows', into: 'done', concurrency: 4 });
  });

  it('loses the key function of the class to a path of the definition', () => {
    const keyOf = ({ id }: { id: string }): string => id;
    const stageClass = mappedClass({
      ...KEYS,
      map: { over: 'rows', key: keyOf as never, into: 'done' },
    });
    expect(bind(stageClass).bound).toMatchObject({ key: undefined, keyOf });
    expect(bind(stageClass, { key: 'no' }).bound).toMatchObject({ key: 'no', keyOf: undefined });
  });

  it('names any key for a class that declares none', () => {
    const { told } = bind(mappedClass({}), { over: 'anything', into: 'something' });
    expect(told).toEqual([]);
  });
});

describe('what is wrong with it is told', () => {
  it('when it maps over nothing or into nothing', () => {
    const { bound, told } = bind(mappedClass(KEYS));
    expect(bound).toBeUndefined();
    expect(told.map(({ code, message }) => [code, message])).toEqual([
      ['MAP_INVALID', 'stage "scan" works item by item, and nothing says over which input'],
      ['MAP_INVALID', 'stage "scan" works item by item, and nothing says into which output'],
    ]);
  });

  it('when it names keys that are not there, with the place and what may be meant', () => {
    const stageClass = mappedClass({ ...KEYS, map: { over: 'row', into: 'done' } });
    const { told } = bind(stageClass, { into: 'dome', failures: 'nowhere' });
    expect(told).toMatchObject([
      {
        message: 'stage "scan" has no input "row", which the spec of its class names as map.over',
        path: ['stages', 'scan'],
        expected: 'one of rows, rate',
        help: expect.stringContaining('"rows"'),
      },
      {
        message: 'stage "scan" has no output "dome", which map.into names',
        path: ['stages', 'scan', 'map', 'into'],
        help: expect.stringContaining('"done"'),
      },
      { path: ['stages', 'scan', 'map', 'failures'], expected: 'one of done, bad' },
    ]);
  });

  it('when results and failures become the same output', () => {
    const { told } = bind(mappedClass(KEYS), { over: 'rows', into: 'done', failures: 'done' });
    expect(told).toMatchObject([
      { code: 'MAP_INVALID', path: ['stages', 'scan', 'map', 'failures'] },
    ]);
  });

  it('when the class does not work item by item', () => {
    class Plain extends PipelineStage {
      override run(): undefined {}
    }
    const { told } = bind(Plain as unknown as StageClass, { over: 'rows' });
    expect(told).toMatchObject([
      { code: 'MAP_INVALID', path: ['stages', 'scan', 'map'], pointsAtKey: true },
    ]);
  });

  it('when the spec of a class is wrong, with the field', () => {
    const wrong = mappedClass({ map: { over: 5, into: 'x', concurency: 3 } as never });
    expect(() => blueprintOf(wrong)).toThrow(/map\.over: .*concurency/s);
    class Both extends PipelineStage {
      static override readonly spec = { map: { over: 'rows', into: 'done' } };
      override run(): undefined {}
    }
    expect(() => blueprintOf(Both as unknown as StageClass)).toThrow(
      /has `map`, and the class has a run method instead of runItem/,
    );
  });
});
