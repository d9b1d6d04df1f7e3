import { resolve } from 'node:path';
import { setOwnProperty } from '../base/codec/own-property.ts';
import { describeValue } from '../base/describe-value.ts';
import type { Diagnostic, PathSegment } from '../base/diagnostic.ts';
import { asStageId } from '../base/ids.ts';
import { formatPath, type SchemaIssue, schemaIssues } from '../base/schema-issues.ts';
import type { z } from '../base/zod.ts';
import {
  type AuthoredStage,
  authoredPipelineFieldsSchema,
  authoredStageSchema,
} from '../definition/authored-schema.ts';
import { parseAuthoredStage } from '../definition/parse-authored-stage.ts';
import type { PipelineDefinition, StageDefinition } from '../definition/pipeline-definition.ts';
import type { StageCondition } from '../definition/stage-condition.ts';
import { type StageFacts, toDefinition, toStageDefinition } from '../definition/to-definition.ts';
import { ClassNamer } from './class-namer.ts';
import { CODED_CONDITION } from './condition-holds.ts';

type Fields = Record<string, unknown>;

interface CodedReading {
  /** As far as it could be read; undefined without any stages to look at. */
  readonly definition: PipelineDefinition | undefined;
  readonly classes: ReadonlyMap<string, unknown>;
  readonly diagnostics: readonly Diagnostic[];
  /** False when the `needs`, `reads` or `writes` of a stage could not be read. */
  readonly wiringIsKnown: boolean;
}

/** Reads a pipeline that was written in code, perhaps without types, past everything that is wrong with it. */
export function readCodedPipeline(coded: unknown): CodedReading {
  const reader = new CodedReader();
  const definition = reader.read(coded);
  const { diagnostics, wiringIsKnown } = reader;
  return { definition, classes: reader.namer.classes, diagnostics, wiringIsKnown };
}

class CodedReader {
  readonly namer = new ClassNamer();
  readonly diagnostics: Diagnostic[] = [];
  wiringIsKnown = true;

  read(coded: unknown): PipelineDefinition | undefined {
    const { stages, ...fields } = isRecord(coded) ? coded : {};
    const parsed = this.#parse(authoredPipelineFieldsSchema, fields, []);
    if (!isRecord(stages) && !Array.isArray(stages)) {
      this.#expected(['stages'], 'expected stages by id, or a list of stages', stages);
      return undefined;
    }
    const name = parsed.name ?? (typeof fields.name === 'string' ? fields.name : '');
    return toDefinition({ ...parsed, name }, this.#readStages(stages));
  }

  #readStages(stages: Fields | readonly unknown[]): StageDefinition[] {
    if (!Array.isArray(stages)) {
      return Object.entries(stages).map(([id, stage]) => this.#readStage(id, stage));
    }
    const read: StageDefinition[] = [];
    stages.forEach((stage: unknown, position) => {
      const fields = isRecord(stage) ? stage : {};
      if (typeof fields.id === 'string') read.push(this.#readStage(fields.id, fields, ['id']));
      else this.#expected(['stages', position, 'id'], 'expected a text', fields.id);
    });
    return read;
  }

  /** @param besides fields that are no part of the stage itself */
  #readStage(id: string, coded: unknown, besides: readonly string[] = []): StageDefinition {
    if (!isRecord(coded)) {
      this.#expected(['stages', id], 'expected { stage: MyStage, ... }', coded);
      this.wiringIsKnown = false;
      return toStageDefinition(asStageId(id), { uses: '', needs: [] });
    }
    const { stage, uses, when, fallback } = coded;
    if (uses !== undefined) {
      this.#expected(['stages', id, 'uses'], 'expected the class itself, under `stage`', uses);
    }
    if (typeof when === 'string')
      this.#expected(['stages', id, 'when'], 'expected true, false or a function', when);
    const named = without(coded, besides);
    if (when !== undefined && typeof when !== 'function' && typeof when !== 'string') {
      named.when = when;
    }
    if (fallback !== undefined) named.fallback = this.#named(fallback, ['stages', id]);
    const name = stage === undefined && uses !== undefined ? 'unknown' : this.namer.nameOf(stage);
    named.uses = name;
    const read = parseAuthoredStage(named);
    const parsed: Partial<AuthoredStage> = read.success
      ? (withProtoKeys(read.data, named) as Partial<AuthoredStage>)
      : this.#parse(authoredStageSchema, named, ['stages', id]);
    const needs = parsed.needs ?? textItems(coded.needs);
    return toStageDefinition(
      asStageId(id),
      { ...parsed, uses: name, needs },
      factsOf(when, parsed),
    );
  }

  /** A stage that stands in is given as a class too. */
  #named(fallback: unknown, path: readonly PathSegment[]): unknown {
    if (!isRecord(fallback)) return fallback;
    const { stage, ...rest } = fallback;
    if (typeof stage === 'function') return { ...rest, uses: this.namer.nameOf(stage) };
    if (typeof fallback.uses !== 'string') return fallback;
    this.#expected(
      [...path, 'fallback', 'uses'],
      'expected the class itself, under `stage`',
      fallback.uses,
    );
    return undefined;
  }

  /** What the schema takes of a value; what it refuses is reported and left out. */
  #parse<Shape extends z.core.$ZodShape>(
    schema: z.ZodObject<Shape>,
    value: Fields,
    path: readonly PathSegment[],
  ): Partial<z.output<z.ZodObject<Shape>>> {
    const parsed = schema.safeParse(value);
    if (parsed.success) return withProtoKeys(parsed.data as Fields, value) as never;
    const wrong = new Set<unknown>();
    for (const issue of schemaIssues(parsed.error, value, schema)) {
      const [field] = issue.path;
      wrong.add(field);
      if (field === 'needs' || field === 'reads' || field === 'writes') this.wiringIsKnown = false;
      this.#report({ ...issue, path: [...path, ...issue.path] });
    }
    const sound = Object.entries(value).filter(([field]) => !wrong.has(field));
    const again = schema.partial().safeParse(Object.fromEntries(sound));
    return (again.success ? withProtoKeys(again.data as Fields, value) : {}) as never;
  }

  #expected(path: readonly PathSegment[], message: string, got: unknown): void {
    this.#report({
      path,
      message,
      got: describeValue(got),
      unknownKey: false,
      known: [],
      help: undefined,
    });
  }

  #report({ path, message, got, unknownKey, help }: SchemaIssue): void {
    this.diagnostics.push({
      code: 'DEFINITION_INVALID',
      severity: 'error',
      message: `${formatPath(path) || 'the pipeline'}: ${message}`,
      path,
      pointsAtKey: unknownKey,
      got,
      ...(help === undefined ? {} : { help }),
    });
  }
}

const READ_BY_ITSELF = ['stage', 'uses', 'when', 'fallback'];

/** The fields that are read as they are. */
function without(coded: Fields, besides: readonly string[]): Fields {
  const fields: Fields = {};
  for (const field of Object.keys(coded)) {
    if (READ_BY_ITSELF.includes(field) || besides.includes(field)) continue;
    setOwnProperty(fields, field, coded[field]);
  }
  return fields;
}

const NO_FACTS: StageFacts = {};

function factsOf(
  when: unknown,
  { files }: { readonly files?: readonly string[] | undefined },
): StageFacts {
  if (typeof when !== 'function' && files === undefined) return NO_FACTS;
  const holds = when as StageCondition['holds'];
  return {
    ...(typeof when === 'function'
      ? { when: { text: CODED_CONDITION, isConstant: false, holds } }
      : {}),
    ...(files === undefined ? {} : { files: files.map((file) => resolve(file)) }),
  };
}

const RECORDS_BY_KEY = ['context', 'fallback', 'reads', 'writes'];

/** zod drops a key `__proto__` from a record; here it is a key like any other. */
function withProtoKeys(parsed: Fields, given: Fields): Fields {
  let whole = parsed;
  for (const field of RECORDS_BY_KEY) {
    const kept = parsed[field];
    if (kept === undefined) continue;
    const source = given[field];
    if (!isRecord(kept) || !isRecord(source) || !Object.hasOwn(source, '__proto__')) continue;
    if (whole === parsed) whole = { ...parsed };
    const copy = { ...kept };
    setOwnProperty(copy, '__proto__', Object.getOwnPropertyDescriptor(source, '__proto__')?.value);
    whole[field] = copy;
  }
  return whole;
}

function isRecord(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function textItems(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}
