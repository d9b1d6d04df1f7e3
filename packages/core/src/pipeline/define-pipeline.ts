import type { Diagnostic } from '../base/diagnostic.ts';
import { asStageId } from '../base/ids.ts';
import { MillraceError } from '../base/millrace-error.ts';
import { formatPath, schemaIssues } from '../base/schema-issues.ts';
import {
  type AuthoredPipelineFieldsInput,
  type AuthoredStageInput,
  authoredPipelineFieldsSchema,
  authoredStageSchema,
} from '../definition/authored-schema.ts';
import type { StageDefinition } from '../definition/pipeline-definition.ts';
import { toDefinition, toStageDefinition } from '../definition/to-definition.ts';
import { checkPipeline } from './check-pipeline.ts';
import type { ModelPipeline } from './model-pipeline.ts';

/** A stage written in code: as in a config file, with the class itself instead of `uses`. */
export type CodedStage = Omit<AuthoredStageInput, 'uses'> & { readonly stage: unknown };

/** A pipeline written in code. Stages by id, or as a list of which each names its `id`. */
export type CodedPipeline = AuthoredPipelineFieldsInput & {
  readonly stages:
    | Readonly<Record<string, CodedStage>>
    | readonly (CodedStage & { readonly id: string })[];
};

/**
 * A pipeline from code.
 * @throws MillraceError PIPELINE_INVALID with all diagnostics in `details.diagnostics`
 */
export function definePipeline(coded: CodedPipeline): ModelPipeline {
  const { stages, ...fields } = coded;
  const diagnostics: Diagnostic[] = [];
  const classes = new Map<string, unknown>();
  const nameOf = classNamer(classes);
  const parsedFields = authoredPipelineFieldsSchema.safeParse(fields);
  if (!parsedFields.success) {
    diagnostics.push(
      ...toDiagnostics(parsedFields.error, fields, [], authoredPipelineFieldsSchema),
    );
  }
  const definitions: StageDefinition[] = [];
  for (const [id, { stage, ...authored }] of entriesOf(stages)) {
    const named = { ...authored, uses: nameOf(stage) };
    const parsed = authoredStageSchema.safeParse(named);
    if (parsed.success) definitions.push(toStageDefinition(asStageId(id), parsed.data));
    else
      diagnostics.push(...toDiagnostics(parsed.error, named, ['stages', id], authoredStageSchema));
  }
  if (!parsedFields.success || diagnostics.length > 0)
    throw pipelineInvalid(String(fields.name), diagnostics);
  const checked = checkPipeline(toDefinition(parsedFields.data, definitions), classes);
  if (checked.pipeline === undefined)
    throw pipelineInvalid(parsedFields.data.name, checked.diagnostics);
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

function entriesOf(stages: CodedPipeline['stages']): [string, CodedStage][] {
  if (!Array.isArray(stages)) return Object.entries(stages as Readonly<Record<string, CodedStage>>);
  return (stages as readonly (CodedStage & { readonly id: string })[]).map(({ id, ...stage }) => [
    id,
    stage,
  ]);
}

/** Gives each class a `uses` of its own; two classes of one name are kept apart. */
function classNamer(classes: Map<string, unknown>): (stageClass: unknown) => string {
  const names = new Map<unknown, string>();
  return (stageClass) => {
    const known = names.get(stageClass);
    if (known !== undefined) return known;
    const base =
      typeof stageClass === 'function' && stageClass.name !== '' ? stageClass.name : 'anonymous';
    let name = base;
    for (let copy = 2; classes.has(name); copy++) name = `${base}#${copy}`;
    names.set(stageClass, name);
    classes.set(name, stageClass);
    return name;
  };
}

function toDiagnostics(
  error: Parameters<typeof schemaIssues>[0],
  value: unknown,
  path: readonly string[],
  schema: Parameters<typeof schemaIssues>[2],
): Diagnostic[] {
  return schemaIssues(error, value, schema).map((issue) => ({
    code: 'DEFINITION_INVALID',
    severity: 'error',
    message: `${formatPath([...path, ...issue.path]) || 'the pipeline'}: ${issue.message}`,
    path: [...path, ...issue.path],
    pointsAtKey: issue.unknownKey,
    got: issue.got,
    ...(issue.help === undefined ? {} : { help: issue.help }),
  }));
}
