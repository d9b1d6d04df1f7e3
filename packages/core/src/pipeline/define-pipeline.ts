import type { Diagnostic } from '../base/diagnostic.ts';
import { MillraceError } from '../base/millrace-error.ts';
import type {
  AuthoredPipelineFieldsInput,
  AuthoredStageInput,
} from '../definition/authored-schema.ts';
import type { ConditionScope } from '../definition/stage-condition.ts';
import { checkPipeline } from './check-pipeline.ts';
import type { ModelPipeline } from './model-pipeline.ts';
import { readCodedPipeline } from './read-coded-pipeline.ts';

/** Outputs by key, or another stage: its class under `stage`, and its params. */
export type CodedFallback =
  | { readonly stage: unknown; readonly with?: unknown }
  | Readonly<Record<string, unknown>>;

/** A stage written in code: as in a config file, with the class itself instead of `uses`. */
export type CodedStage = Omit<AuthoredStageInput, 'uses' | 'needs' | 'fallback' | 'when'> & {
  readonly stage: unknown;
  /** The stage is skipped where this does not hold. */
  readonly when?: boolean | ((scope: ConditionScope) => boolean);
  readonly needs?: readonly string[];
  readonly fallback?: CodedFallback;
};

/** A pipeline written in code. Stages by id, or as a list of which each names its `id`. */
export type CodedPipeline = AuthoredPipelineFieldsInput & {
  readonly stages:
    | Readonly<Record<string, CodedStage>>
    | readonly (CodedStage & { readonly id: string })[];
};

/** What a stage with unknown dependencies or renames misses may be a mere consequence. */
const MERE_CONSEQUENCES: ReadonlySet<string> = new Set(['INPUT_MISSING', 'WRITE_CONFLICT']);

/**
 * A pipeline from code.
 * @throws MillraceError PIPELINE_INVALID with all diagnostics in `details.diagnostics`
 */
export function definePipeline(coded: CodedPipeline): ModelPipeline {
  const { definition, classes, diagnostics, wiringIsKnown } = readCodedPipeline(coded);
  if (definition === undefined) throw pipelineInvalid('', diagnostics);
  const checked = checkPipeline(definition, classes);
  const limitsAreKnown = diagnostics.every(({ path }) => path[0] !== 'limits');
  const found = checked.diagnostics.filter(
    ({ code }) =>
      (wiringIsKnown || !MERE_CONSEQUENCES.has(code)) &&
      (limitsAreKnown || code !== 'LIMIT_UNKNOWN'),
  );
  if (checked.pipeline === undefined || diagnostics.length > 0)
    throw pipelineInvalid(definition.name, [...diagnostics, ...found]);
  return checked.pipeline;
}

/** The thrown form of diagnostics. */
export function pipelineInvalid(name: string, diagnostics: readonly Diagnostic[]): MillraceError {
  const errors = diagnostics.filter((diagnostic) => diagnostic.severity === 'error');
  const lines = errors.slice(0, 20).map(({ code, message, help }) => {
    return `  ${code}: ${message}${help === undefined ? '' : ` (${help})`}`;
  });
  if (errors.length > lines.length) lines.push(`  ... and ${errors.length - lines.length} more`);
  const count = errors.length === 1 ? '1 error' : `${errors.length} errors`;
  return new MillraceError(
    'PIPELINE_INVALID',
    `pipeline ${JSON.stringify(name)} has ${count}:\n${lines.join('\n')}`,
    { details: { diagnostics } },
  );
}
