import type { MemoryStore } from '../../checkpoint/index.ts';
import type { StageCode } from '../../definition/index.ts';
import type { ModelPipeline } from '../../pipeline/index.ts';
import { verifyEvents } from '../../run/index.ts';
import { type Inputs, keyed, type Params } from './keyed.ts';
import type { RecordingStore } from './recording-store.ts';
import {
  type Ended,
  type ExecuteOptions,
  execute,
  type SketchedStage,
  sketch,
  stageIn,
} from './run-pipeline.ts';
import { withFacts } from './with-facts.ts';

type Store = MemoryStore | RecordingStore;

export interface Edit {
  readonly x?: unknown;
  readonly params?: Params;
  readonly version?: string | undefined;
  readonly code?: StageCode;
  readonly files?: readonly string[];
  readonly more?: Partial<SketchedStage>;
}

/** `top` writes x; `s` may be taken over, reads x and its params a and b (b only if x is 2), and writes y. */
export function scene({
  x = 1,
  params = { a: 1, b: 1 },
  version = '1',
  code,
  files,
  more,
}: Edit = {}): ModelPipeline {
  const make = ({ x: got }: Inputs, own: Params): object => ({
    y: got === 2 ? [got, own.a, own.b] : [got, own.a],
  });
  const spec = { cacheable: true, ...(code === undefined ? { version } : {}) };
  const pipeline = sketch({
    top: { with: { x }, does: keyed([], ['x'], (_, own) => ({ x: own.x })) },
    s: { needs: ['top'], with: params, does: keyed(['x'], ['y'], make, spec), ...more },
    end: { needs: ['s'], does: keyed(['y'], ['z'], ({ y }) => ({ z: y })) },
  });
  return withFacts(pipeline, {
    s: { ...(code === undefined ? {} : { code }), ...(files === undefined ? {} : { files }) },
  });
}

export async function runCached(
  edit: Edit,
  store: Store,
  options: ExecuteOptions = {},
): Promise<Ended> {
  const pipeline = scene(edit);
  const ended = await execute(pipeline, { ...options, store });
  verifyEvents(pipeline.graph, ended.events);
  return ended;
}

/** Whether `s` was taken over, and what came out. */
export function however({ result }: Ended): readonly unknown[] {
  return [stageIn(result, 's').status, result.context.get('z')];
}
