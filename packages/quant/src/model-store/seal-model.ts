import { createHash } from 'node:crypto';
import { formatPath, problem, type Result, schemaIssues, success } from '@millrace/core';
import { bodyFault } from '../models/model-of.ts';
import { ModelRecord } from './model-record.ts';
import type { ModelRefusal, RefusalReason } from './model-refusal.ts';

export const FORMAT = 'millrace-model';
export const FORMAT_VERSION = 1;

/** The text of a model file: JSON with the format, its version, and a SHA-256 of the record. */
export function sealModel(record: ModelRecord): string {
  const text = JSON.stringify(record);
  const head = { format: FORMAT, formatVersion: FORMAT_VERSION, sha256: sha256(text) };
  return `${JSON.stringify({ ...head, record })}\n`;
}

/**
 * Reads the text of a model file, trusting nothing of it. The checksum is of the record as JSON writes it, which reading
 * and writing again does not change.
 */
export function openModel(text: string): Result<ModelRecord, ModelRefusal> {
  const file = parseJson(text);
  if (file === undefined) {
    return text.endsWith('}\n')
      ? refuse('not-a-model', 'the file is not JSON')
      : refuse('truncated', `the file ends after ${text.length} characters, before its end`);
  }
  const { format, formatVersion, sha256: expected, record } = file;
  if (format !== FORMAT)
    return refuse('not-a-model', `its format is ${String(format)}; expected ${FORMAT}`);
  if (formatVersion !== FORMAT_VERSION)
    return refuse(
      'format-version',
      `its format version is ${String(formatVersion)}; this version of @millrace/quant reads ${FORMAT_VERSION}`,
    );
  const actual = sha256(JSON.stringify(record) ?? '');
  if (actual !== expected)
    return refuse('checksum', `its checksum is ${actual}; expected ${String(expected)}`);
  return checkRecord(record);
}

function checkRecord(record: unknown): Result<ModelRecord, ModelRefusal> {
  const parsed = ModelRecord.safeParse(record);
  if (!parsed.success) {
    const [first] = schemaIssues(parsed.error, record);
    const place = first === undefined ? '' : `: ${formatPath(first.path)} ${first.message}`;
    return refuse('schema', `its record is wrong${place}`);
  }
  const fault = bodyFault(parsed.data.model);
  return fault === undefined
    ? success(parsed.data)
    : refuse('schema', `its model is wrong: ${fault}`);
}

function refuse(reason: RefusalReason, message: string): Result<never, ModelRefusal> {
  return problem({ reason, message });
}

/** The fields of an object; undefined for what is no JSON, and none for other values. */
function parseJson(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? { ...value } : {};
  } catch {
    return undefined;
  }
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
