import { describe, expect, it } from '@jest/globals';
import { PipelineStage } from './pipeline-stage.ts';
import { isStageClass, stageClassFault } from './stage-class.ts';
import { STAGE_MARK } from './stage-life.ts';

class Good extends PipelineStage {
  override run(): undefined {}
}

/** PipelineStage as another installed copy of the package makes it: nothing shared but the symbol's name. */
abstract class OtherCopy {
  static readonly spec = {};
  setup(): void {}
  abstract run(): unknown;
  teardown(): void {}
}

Object.defineProperty(OtherCopy, Symbol.for('millrace.stage'), { value: true });

describe('what counts as a stage class', () => {
  it('is a concrete class below PipelineStage, at any distance', () => {
    class Child extends Good {}
    for (const value of [Good, Child, class extends Child {}]) {
      expect(stageClassFault(value)).toBeUndefined();
      expect(isStageClass(value)).toBe(true);
    }
  });

  it('is also one that extends PipelineStage of another copy of the package', () => {
    class Foreign extends OtherCopy {
      override run(): number {
        return 1;
      }
    }
    expect(Symbol.for('millrace.stage')).toBe(STAGE_MARK);
    expect(Foreign.prototype instanceof PipelineStage).toBe(false);
    expect(isStageClass(Foreign)).toBe(true);
    expect(stageClassFault(OtherCopy)).toBe('class "OtherCopy" has no run method');
  });

  it.each([
    [undefined, 'expected a class, got nothing'],
    [null, 'expected a class, got null'],
    [{ run() {} }, 'expected a class, got an object'],
    [[Good], 'expected a class, got an array'],
    ['Good', 'expected a class, got a string'],
    [() => {}, 'class "" does not extend PipelineStage'],
    [Map, 'class "Map" does not extend PipelineStage'],
    [PipelineStage, 'PipelineStage itself is abstract'],
  ])('is not %p, and says why', (value, why) => {
    expect(stageClassFault(value)).toBe(why);
    expect(isStageClass(value)).toBe(false);
  });

  it('is not a class whose run is no method', () => {
    const Odd = class Odd extends Good {};
    Object.defineProperty(Odd.prototype, 'run', { value: 5 });
    expect(stageClassFault(Odd)).toBe('class "Odd" has no run method');
  });
});
