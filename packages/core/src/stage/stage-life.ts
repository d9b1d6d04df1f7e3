import type { StageScopeBase } from './run-scope.ts';

/** Marks stage classes, so that a class made by another copy of the package is known as well. */
export const STAGE_MARK: unique symbol = Symbol.for('millrace.stage') as never;

export type MaybePromise<T> = T | Promise<T>;

/** What every stage has: `setup` before its work, and `teardown` after it once setup has begun. */
export abstract class StageLife<Params> {
  static readonly [STAGE_MARK] = true;

  /** Opens what the attempt needs. Its failure fails the attempt, after teardown. */
  setup(_scope: StageScopeBase<Params>): MaybePromise<void> {}

  /** Closes what setup opened. Its failure is recorded and never hides an earlier one. */
  teardown(_scope: StageScopeBase<Params>): MaybePromise<void> {}
}
