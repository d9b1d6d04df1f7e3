import type { Diagnostic } from '../../base/diagnostic.ts';
import { MillraceError } from '../../base/millrace-error.ts';
import { z } from '../../base/zod.ts';
import { PipelineStage } from '../../stage/pipeline-stage.ts';
import type { StageSpec } from '../../stage/stage-spec.ts';
import { type CodedPipeline, definePipeline } from '../define-pipeline.ts';

interface Keys {
  /** Names of inputs; one that ends in `?` is optional. */
  readonly in?: readonly string[];
  readonly out?: readonly string[];
  readonly updates?: readonly string[];
}

/** A stage class that reads and writes numbers under the given names. */
export function stageOf(keys: Keys = {}, more: StageSpec = {}): new () => PipelineStage {
  const spec = {
    inputs: numbers(keys.in ?? []),
    outputs: numbers(keys.out ?? []),
    ...(keys.updates === undefined ? {} : { updates: numbers(keys.updates) }),
    ...more,
  };
  return class TestStage extends (PipelineStage.of(spec) as typeof PipelineStage) {
    override run(): undefined {}
  };
}

/** A stage that declares nothing. */
export class PlainStage extends PipelineStage {
  override run(): undefined {}
}

function numbers(names: readonly string[]): z.ZodObject {
  return z.object(
    Object.fromEntries(
      names.map((name) =>
        name.endsWith('?') ? [name.slice(0, -1), z.number().optional()] : [name, z.number()],
      ),
    ),
  );
}

type Stages = CodedPipeline['stages'];

/** All diagnostics of a pipeline that cannot be built. */
export function faultsOf(
  stages: Stages,
  fields: Partial<CodedPipeline> = {},
): readonly Diagnostic[] {
  try {
    definePipeline({ name: 'test', ...fields, stages });
  } catch (error) {
    if (error instanceof MillraceError && error.code === 'PIPELINE_INVALID')
      return error.details.diagnostics as readonly Diagnostic[];
    throw error;
  }
  return [];
}

/** `CODE at/path`, for short expectations. */
export function placesOf(diagnostics: readonly Diagnostic[]): string[] {
  return diagnostics.map(({ code, path }) => `${code} ${path.join('/')}`);
}
