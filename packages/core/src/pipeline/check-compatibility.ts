import type { Diagnostic } from '../base/diagnostic.ts';
import { formatPath, schemaIssues } from '../base/schema-issues.ts';
import { z } from '../base/zod.ts';
import { type SchemaMismatch, schemaMismatch } from '../compatibility/index.ts';
import { type BoundStage, updateKey, writeKey } from './bound-stage.ts';
import { tryParse } from './try-parse.ts';
import { ABSENT, FROM_INITIAL, type WirableStage, type WiredInput, type Wiring } from './wiring.ts';

interface CompatibilityRequest {
  readonly stages: readonly WirableStage[];
  readonly wiring: Wiring;
  /** The initial context that the definition gives. */
  readonly context: Readonly<Record<string, unknown>>;
  readonly report: (diagnostic: Diagnostic) => void;
}

/** What one stage reads, with the schema that it reads it by. */
interface Read {
  readonly stage: BoundStage;
  readonly input: WiredInput;
  readonly schema: z.ZodType;
  /** One of several keys that are read as a list. */
  readonly isPart: boolean;
}

/** Compares what each provider declares with what its readers declare, before anything runs. */
export function checkCompatibility({
  stages,
  wiring,
  context,
  report,
}: CompatibilityRequest): void {
  for (const stage of stages) {
    const shape = stage?.blueprint.spec.inputs?.shape;
    if (stage === undefined || shape === undefined) continue;
    const declared = stage.blueprint.inputs?.length ?? 0;
    const inputs = wiring.inputs.of(stage.index);
    for (let at = 0; at < declared; at++) {
      const input = inputs[at];
      if (input === undefined || input.provider === ABSENT) continue;
      const schema = shape[input.name] as z.ZodType;
      if (input.parts !== undefined) {
        const parts = input.parts.map((part) => ({ stage, input: part, schema, isPart: true }));
        reportAlike(
          parts.flatMap((part) => mismatchOf(part, stages) ?? []),
          report,
        );
        continue;
      }
      const read = { stage, input, schema, isPart: false };
      const mismatch = mismatchOf(read, stages);
      if (mismatch !== undefined) report(toDiagnostic(mismatch));
      else if (input.provider === FROM_INITIAL) checkInitial(read, context, report);
    }
  }
}

interface WriterMismatch {
  readonly read: Read;
  readonly writer: BoundStage;
  readonly mismatch: SchemaMismatch;
}

/** Undefined where they fit, and where there is no writer that declares the key. */
function mismatchOf(read: Read, stages: readonly WirableStage[]): WriterMismatch | undefined {
  const { input, schema, isPart } = read;
  const writer = input.provider < 0 ? undefined : stages[input.provider];
  const provided = writer && schemaOf(writer, input.key);
  if (writer === undefined || provided === undefined) return undefined;
  const mismatch = schemaMismatch(isPart ? listOf(provided) : provided, schema);
  return mismatch && { read, writer, mismatch };
}

/** Instances of one stage that are gathered differ in their labels only: what is wrong with all is told of the first. */
function reportAlike(
  mismatches: readonly WriterMismatch[],
  report: (diagnostic: Diagnostic) => void,
): void {
  const alike = Map.groupBy(mismatches, ({ writer, mismatch: { path, why } }) =>
    JSON.stringify([writer.definition.uses, formatPath(path), why]),
  );
  for (const [first, ...others] of alike.values())
    if (first !== undefined) report(toDiagnostic(first, others.length));
}

function toDiagnostic(
  { read: { stage, input }, writer, mismatch }: WriterMismatch,
  others = 0,
): Diagnostic {
  const { path, provides, expects, why } = mismatch;
  const more = others === 0 ? '' : ` and ${others} more like it`;
  return {
    code: 'INPUT_MISMATCH',
    severity: 'error',
    message: `stage ${JSON.stringify(stage.id)} cannot read ${JSON.stringify(input.name)} from ${JSON.stringify(writer.id)}${more}: ${formatPath([input.name, ...path])} ${why}`,
    ...placeOf(stage, input),
    got: provides,
    expected: expects,
    help: `change the outputs of ${writer.definition.uses} or the inputs of ${stage.definition.uses}, or read another key with reads:`,
    related: [{ message: `writes ${JSON.stringify(input.key)}`, path: ['stages', writer.id] }],
  };
}

/** A key that its author may leave out still has one kind of value when it is there. */
function schemaOf(writer: BoundStage, key: string): z.ZodType | undefined {
  const { spec, outputs, updates } = writer.blueprint;
  const output = outputs?.find((name) => writeKey(writer, name) === key);
  const update = updates.find((name) => updateKey(writer, name) === key);
  const field =
    output === undefined ? spec.updates?.shape[update ?? ''] : spec.outputs?.shape[output];
  return field instanceof z.ZodOptional ? (field.unwrap() as z.ZodType) : (field as z.ZodType);
}

const lists = new WeakMap<z.ZodType, z.ZodType>();

function listOf(item: z.ZodType): z.ZodType {
  const known = lists.get(item) ?? z.array(item);
  lists.set(item, known);
  return known;
}

/** Null stands for a value that the caller is to give. */
function checkInitial(
  { stage, input, schema }: Read,
  context: Readonly<Record<string, unknown>>,
  report: (diagnostic: Diagnostic) => void,
): void {
  const value = Object.hasOwn(context, input.key) ? context[input.key] : undefined;
  if (value === undefined || value === null) return;
  const parsed = tryParse(schema, value);
  if (parsed.kind !== 'refused') return;
  for (const issue of schemaIssues(parsed.error, value, schema)) {
    report({
      code: 'INPUT_MISMATCH',
      severity: 'error',
      message: `stage ${JSON.stringify(stage.id)} cannot read ${JSON.stringify(input.name)} from the initial context: ${formatPath([input.key, ...issue.path])}: ${issue.message}`,
      path: ['context', input.key, ...issue.path],
      pointsAtKey: issue.unknownKey,
      got: issue.got,
      ...(issue.help === undefined ? {} : { help: issue.help }),
      related: [{ message: 'reads it', path: ['stages', stage.id] }],
    });
  }
}

function placeOf(
  { id, reads }: BoundStage,
  { name }: WiredInput,
): Pick<Diagnostic, 'path' | 'pointsAtKey'> {
  const isRenamed = reads.has(name);
  return { path: ['stages', id, ...(isRenamed ? ['reads', name] : [])], pointsAtKey: true };
}
