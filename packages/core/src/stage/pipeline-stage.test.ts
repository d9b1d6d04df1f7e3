import { describe, expect, it } from '@jest/globals';
import { z } from '../base/zod.ts';
import {
  PipelineStage,
  type SetupScope,
  type StageScope,
  type UndoScope,
} from './pipeline-stage.ts';
import { isStageClass } from './stage-class.ts';

/** Compiles only when the two types are the same. */
type Same<A, B> =
  (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
function typesAreEqual<A, B>(equal: Same<A, B>): void {
  expect(equal).toBe(true);
}

const Bars = z.array(z.object({ close: z.number() }));
const spec = {
  params: z.object({ window: z.int().default(20), since: z.coerce.date() }),
  inputs: z.object({ bars: Bars, limit: z.number().optional() }),
  outputs: z.object({ scores: z.array(z.number()), note: z.string().default('none') }),
  updates: z.object({ log: z.array(z.string()) }),
};

// What this file shows is mostly shown by `npm run types`: a wrong type there is a failed test.
describe('a stage made with of', () => {
  it('gets its params, inputs and updates as the schemas give them', () => {
    class Score extends PipelineStage.of(spec) {
      override setup({ params, attempt }: SetupScope<typeof Score>): void {
        typesAreEqual<typeof params, { window: number; since: Date }>(true);
        typesAreEqual<typeof attempt, number>(true);
      }
      override run({ inputs, params, context, signal }: StageScope<typeof Score>) {
        typesAreEqual<typeof inputs, { bars: { close: number }[]; limit?: number | undefined }>(
          true,
        );
        typesAreEqual<typeof params, { window: number; since: Date }>(true);
        typesAreEqual<typeof signal, AbortSignal>(true);
        context.update((draft) => {
          typesAreEqual<typeof draft, { log: string[] }>(true);
          draft.log.push('scored');
          // @ts-expect-error a key that is not among the updates
          draft.scores;
        });
        // @ts-expect-error a key that is not among the inputs
        inputs.bar;
        return { scores: [params.window] };
      }
    }
    expect(isStageClass(Score)).toBe(true);
    expect(Score.spec).toBe(spec);
  });

  it('returns its outputs, at once or later; one with a default may be left out', () => {
    class Now extends PipelineStage.of(spec) {
      override run() {
        return { scores: [1], note: 'x' };
      }
    }
    class Later extends PipelineStage.of(spec) {
      override async run() {
        return { scores: [1] };
      }
    }
    expect([Now, Later].every(isStageClass)).toBe(true);
  });

  it('gets in undo its outputs as they are on record, and its inputs', () => {
    class Score extends PipelineStage.of(spec) {
      override run() {
        return { scores: [1] };
      }
      override undo({ inputs, outputs, params }: UndoScope<typeof Score>): void {
        typesAreEqual<typeof outputs, { scores: number[]; note: string }>(true);
        typesAreEqual<typeof inputs.bars, { close: number }[]>(true);
        typesAreEqual<typeof params.window, number>(true);
      }
    }
    expect(isStageClass(Score)).toBe(true);
  });

  it('does not compile when it returns something else', () => {
    class WrongType extends PipelineStage.of(spec) {
      // @ts-expect-error scores are numbers
      override run() {
        return { scores: ['1'] };
      }
    }
    class Missing extends PipelineStage.of(spec) {
      // @ts-expect-error scores are missing
      override async run() {
        return { note: 'x' };
      }
    }
    class Nothing extends PipelineStage.of(spec) {
      // @ts-expect-error outputs are declared
      override run() {}
    }
    expect([WrongType, Missing, Nothing].every(isStageClass)).toBe(true);
  });

  it('does not compile with another parameter, without run, or with a spec of wrong types', () => {
    class WrongParam extends PipelineStage.of(spec) {
      // @ts-expect-error bars are no text
      override run(_scope: { inputs: { bars: string } }) {
        return { scores: [] };
      }
    }
    // @ts-expect-error run is abstract
    class Unfinished extends PipelineStage.of(spec) {}
    // @ts-expect-error a timeout has a unit, so it is a text
    PipelineStage.of({ timeout: 5 });
    // @ts-expect-error inputs are a z.object
    PipelineStage.of({ inputs: z.string() });
    // @ts-expect-error there is no such back-off
    PipelineStage.of({ retry: { attempts: 3, backoff: 'never' } });
    expect(isStageClass(WrongParam)).toBe(true);
    expect(isStageClass(Unfinished)).toBe(false);
  });

  it('may declare nothing, and then reads and returns what it likes', () => {
    class Free extends PipelineStage.of({}) {
      override run({ inputs, params }: StageScope<typeof Free>) {
        typesAreEqual<typeof inputs, Record<string, unknown>>(true);
        typesAreEqual<typeof params, Record<string, unknown>>(true);
        return { anything: inputs.some };
      }
    }
    class Silent extends PipelineStage.of({ description: 'writes a file' }) {
      override async run() {}
    }
    expect([Free, Silent].every(isStageClass)).toBe(true);
  });

  it('can be extended and shared by several classes, each with the spec of its base', () => {
    const Base = PipelineStage.of(spec);
    abstract class Shared extends Base {
      protected scale(): number {
        return 2;
      }
    }
    class One extends Shared {
      override run() {
        return { scores: [this.scale()] };
      }
    }
    expect(One.spec).toBe(spec);
    expect(new One().run()).toEqual({ scores: [2] });
  });
});

describe('a plain subclass', () => {
  it('has the types that it names and an empty spec', () => {
    class Plain extends PipelineStage<{ bars: number[] }, { sum: number }, { by: number }> {
      override run({
        inputs,
        params,
      }: Parameters<PipelineStage<{ bars: number[] }, { sum: number }, { by: number }>['run']>[0]) {
        return { sum: inputs.bars.length * params.by };
      }
    }
    class Wrong extends PipelineStage<{ bars: number[] }, { sum: number }> {
      // @ts-expect-error the sum is a number
      override run() {
        return { sum: 'x' };
      }
    }
    expect(Plain.spec).toEqual({});
    expect([Plain, Wrong].every(isStageClass)).toBe(true);
  });

  it('may return nothing, and has empty setup and teardown', () => {
    class Quiet extends PipelineStage {
      override async run() {}
    }
    const quiet = new Quiet();
    expect(quiet.setup({} as never)).toBeUndefined();
    expect(quiet.teardown({} as never)).toBeUndefined();
  });
});
