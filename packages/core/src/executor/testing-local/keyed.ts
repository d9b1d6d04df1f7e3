import type { AttemptScope } from '../../attempt/index.ts';
import { z } from '../../base/zod.ts';
import type { StageSpec } from '../../stage/index.ts';

/** Inputs of which only the test knows the shape, typed as loosely as parsed JSON. */
export type Inputs = ReturnType<typeof JSON.parse>;
/** Likewise for params. */
export type Params = ReturnType<typeof JSON.parse>;

interface KeyedStage {
  readonly spec: StageSpec;
  readonly run: (scope: AttemptScope) => unknown;
}

/** A stage that declares the keys it reads and writes, of any type; one that ends in `?` is optional. */
export function keyed(
  inputs: readonly string[],
  outputs: readonly string[],
  make: (inputs: Inputs, params: Params) => unknown,
  more: StageSpec = {},
): KeyedStage {
  return {
    spec: { inputs: anyKeys(inputs), outputs: anyKeys(outputs), ...more },
    run: (scope) => make(scope.inputs, scope.params),
  };
}

/** A stage that changes `key` by pushing a value onto the list in it. */
export function pusher(key: string, value: unknown, more: StageSpec = {}): KeyedStage {
  return {
    spec: { inputs: anyKeys([]), outputs: anyKeys([]), updates: anyKeys([key]), ...more },
    run: ({ context }) => {
      context.update((draft: Record<string, unknown[]>) => void draft[key]?.push(value));
    },
  };
}

function anyKeys(names: readonly string[]): z.ZodObject {
  return z.object(
    Object.fromEntries(
      names.map((name) =>
        name.endsWith('?') ? [name.slice(0, -1), z.any().optional()] : [name, z.any()],
      ),
    ),
  );
}
