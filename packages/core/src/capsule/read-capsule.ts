import { decodeValue, type EncodedValue } from '../base/codec/index.ts';
import { MillraceError } from '../base/millrace-error.ts';
import { formatPath, schemaIssues } from '../base/schema-issues.ts';
import { isPlainObject } from '../base/tracked-object.ts';
import type { ValueHash } from '../checkpoint/index.ts';
import type { Capsule, CapsuleHead } from './capsule.ts';
import { capsuleHeadSchema } from './capsule-schema.ts';
import { CAPSULE_FORMAT, CAPSULE_VERSION, headChecksum } from './capsule-text.ts';
import { encodedFrom } from './encoded-from.ts';
import { referencedHashes } from './referenced-hashes.ts';

/**
 * Reads the text of a capsule file and checks it in full. The checksums tell damage, not intent: whoever
 * can write a capsule can write its checksums. Nothing of it is executed.
 * @param name what messages call the file
 * @throws MillraceError CAPSULE_INVALID, CAPSULE_NEWER
 */
export function readCapsule(text: string, name: string): Capsule {
  const { format, version, checksum, values, ...rest } = parsed(text, name);
  if (format !== CAPSULE_FORMAT) throw invalid(name, 'it is JSON of another kind');
  if (typeof version === 'number' && version > CAPSULE_VERSION) throw newer(name, version);
  if (version !== CAPSULE_VERSION) throw invalid(name, 'it has no version');
  if (checksum !== checksumOf(rest)) throw invalid(name, 'its checksum does not fit what it says');
  const head = headOf(rest, name);
  return { head, values: valuesOf(values, head, name) };
}

type Parts = Readonly<Record<string, unknown>>;

function parsed(text: string, name: string): Parts {
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw invalid(name, text.trim() === '' ? 'it is empty' : `it is no JSON: ${why}`);
  }
  if (!isPlainObject(document)) throw invalid(name, 'it is JSON of another kind');
  return document;
}

function checksumOf(rest: Parts): string | undefined {
  try {
    // What it is taken over need not be a head: it only has to be written the same way.
    return headChecksum(rest as unknown as CapsuleHead);
  } catch {
    return undefined;
  }
}

function headOf(rest: Parts, name: string): CapsuleHead {
  const head = capsuleHeadSchema.safeParse(rest);
  if (head.success) return head.data;
  const [issue] = schemaIssues(head.error, rest);
  throw invalid(name, `${formatPath(issue?.path ?? [])} ${issue?.message}, got ${issue?.got}`);
}

function valuesOf(
  given: unknown,
  head: CapsuleHead,
  name: string,
): ReadonlyMap<ValueHash, EncodedValue> {
  if (!isPlainObject(given)) throw invalid(name, 'it has no values');
  const expected = referencedHashes(head);
  const values = new Map<ValueHash, EncodedValue>();
  for (const [hash, entry] of Object.entries(given)) {
    const shown = `value ${hash.slice(0, 16)}`;
    if (!expected.has(hash)) throw invalid(name, `nothing in it refers to its ${shown}`);
    const encoded = encodedFrom(hash, entry);
    if (encoded === undefined) throw invalid(name, `its ${shown} has no form that is known`);
    const decoded = decodeValue(encoded);
    if (!decoded.ok) throw invalid(name, `its ${shown} is damaged: ${decoded.problem.message}`);
    values.set(hash, encoded);
  }
  for (const hash of expected) {
    if (!values.has(hash)) throw invalid(name, `its value ${hash.slice(0, 16)} is not there`);
  }
  return values;
}

function invalid(name: string, why: string): MillraceError {
  return new MillraceError('CAPSULE_INVALID', `${name} cannot be used as a capsule: ${why}`, {
    details: { file: name },
    help: 'make it anew with `millrace capsule`; to replay with another value use --with or --input',
  });
}

function newer(name: string, version: number): MillraceError {
  return new MillraceError(
    'CAPSULE_NEWER',
    `${name} is a capsule of version ${version}; this Millrace reads version ${CAPSULE_VERSION}`,
    { details: { file: name, version }, help: 'install a newer Millrace' },
  );
}
