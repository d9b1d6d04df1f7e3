import type { Diagnostic } from '../base/diagnostic.ts';
import { formatPath, schemaIssues } from '../base/schema-issues.ts';
import { z } from '../base/zod.ts';
import { schemaMismatch } from '../compatibility/index.ts';
import { type BoundStage, updateKey, writeKey } from './bound-stage.ts';
import { tryParse } from './try-parse.ts';
import { FROM_INITIAL, type WirableStage, type WiredInput, type Wiring } from './wiring.ts';

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
    for (const input of (wiring.inputs[stage.index] ?? []).slice(0, declared)) {
      const schema = shape[input.name] as z.ZodType;
      const isPart = input.parts !== undefined;
      for (const part of input.parts ?? [input]) {
        const read = { stage, input: part, schema, isPart };
        if (part.provider >= 0) compareWithWriter(read, stages[part.provider], report);
        else if (part.provider === FROM_INITIAL && !isPart) checkInitial(read, context, report);
      }
    }
  }
}

function compareWithWriter(
  { stage, input, schema, isPart }: Read,
  writer: WirableStage,
  report: (diagnostic: Diagnostic) => void,
): void {
  const provided = writer && schemaOf(writer, input.key);
  if (writer === undefined || provided === undefined) return;
  const mismatch = schemaMismatch(isPart ? listOf(provided) : provided, schema);
  if (mismatch === undefined) return;
  const { path, provides, expects, why } = mismatch;
  report({
    code: 'INPUT_MISMATCH',
    severity: 'error',
    message: `stage ${JSON.stringify(stage.id)} cannot read ${JSON.stringify(input.name)} from ${JSON.stringify(writer.id)}: ${formatPath([input.name, ...path])} ${why}`,
    ...placeOf(stage, input),
    got: provides,
    expected: expects,
    help: `change the outputs of ${writer.definition.uses} or the inputs of ${stage.definition.uses}, or read another key with reads:`,
    related: [{ message: `writes ${JSON.stringify(input.key)}`, path: ['stages', writer.id] }],
  });
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
