import type { AttemptScope } from '../../attempt/index.ts';
import {
  type OutcomeScope,
  PipelineStage,
  type StageClass,
  type StageSpec,
} from '../../stage/index.ts';

/** A stage from functions. What is left out is not overridden. */
export interface StageParts {
  readonly name?: string;
  readonly spec?: StageSpec;
  readonly construct?: (instance: object) => void;
  readonly setup?: (scope: AttemptScope, instance: object) => unknown;
  readonly run?: (scope: AttemptScope, instance: object) => unknown;
  readonly teardown?: (scope: AttemptScope, instance: object) => unknown;
  readonly undo?: (scope: LooseOutcome, instance: object) => unknown;
}

/** What `undo` gets, as one who knows nothing of the stage sees it. */
export type LooseOutcome = OutcomeScope<
  Record<string, unknown>,
  Record<string, unknown>,
  Record<string, unknown>
>;

/** A class as a user would write it, from functions whose results no type checks. */
export function stageOf(parts: StageParts | StageParts['run']): StageClass {
  const { name = 'Scripted', spec, construct, setup, run, teardown, undo } = toParts(parts);
  class Scripted extends PipelineStage {
    static override readonly spec = spec ?? {};

    constructor() {
      super();
      construct?.(this);
    }

    override run(scope: unknown): never {
      return run?.(scope as AttemptScope, this) as never;
    }
  }
  for (const [method, part] of Object.entries({ setup, teardown })) {
    if (part === undefined) continue;
    Reflect.set(Scripted.prototype, method, function call(this: object, scope: AttemptScope) {
      return part(scope, this);
    });
  }
  if (undo !== undefined) {
    Reflect.set(Scripted.prototype, 'undo', function call(this: object, scope: LooseOutcome) {
      return undo(scope, this);
    });
  }
  Object.defineProperty(Scripted, 'name', { value: name });
  return Scripted as unknown as StageClass;
}

function toParts(parts: StageParts | StageParts['run']): StageParts {
  return typeof parts === 'function' ? { run: parts } : (parts ?? {});
}
