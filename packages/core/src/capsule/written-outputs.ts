import type { StageRecord, WriteRecord } from '../checkpoint/index.ts';
import type { KeyVersions } from '../history/key-versions.ts';
import { type BoundStage, updateKey, writeKey } from '../pipeline/index.ts';
import type { CapsuleOutput } from './capsule.ts';
import type { ValueCollector } from './value-collector.ts';

/** Of a larger output the hash alone is kept: it tells whether a replay wrote the same, though not where not. */
const MOST_OUTPUT_BYTES = 10 * 1024 * 1024;

/** What a stage that succeeded wrote, by its own names, to compare a replay with. */
export async function writtenOutputs(
  stage: BoundStage,
  record: StageRecord,
  versions: KeyVersions,
  collector: ValueCollector,
): Promise<readonly CapsuleOutput[]> {
  const outputs: CapsuleOutput[] = [];
  for (const write of record.writes) {
    const named = nameOf(stage, write);
    const version = versions
      .get(write.key)
      ?.findLast(({ writer }) => writer?.stage === record.stage);
    const encoded = version === undefined ? undefined : await collector.encode(version);
    if (encoded?.ok !== true) {
      outputs.push({ ...named, key: write.key, hash: '', isKept: false });
      continue;
    }
    const { value } = encoded;
    const isKept = value.byteLength <= MOST_OUTPUT_BYTES && collector.keep(value);
    outputs.push({ ...named, key: write.key, hash: value.hash, isKept });
  }
  return outputs;
}

function nameOf(stage: BoundStage, { key }: WriteRecord): Pick<CapsuleOutput, 'name' | 'kind'> {
  const { updates, outputs } = stage.blueprint;
  const update = updates.find((name) => updateKey(stage, name) === key);
  if (update !== undefined) return { name: update, kind: 'update' };
  const output =
    outputs?.find((name) => writeKey(stage, name) === key) ?? undeclaredName(stage, key);
  return { name: output, kind: 'output' };
}

/** A stage that declares no outputs may have any; the way from name to key is gone backwards. */
function undeclaredName({ writes, definition }: BoundStage, key: string): string {
  const renamed = [...writes].find(([, written]) => written === key);
  if (renamed !== undefined) return renamed[0];
  const { namespace = '', writeSuffix = '' } = definition;
  const isOwn = key.startsWith(namespace) && key.endsWith(writeSuffix);
  return isOwn ? key.slice(namespace.length, key.length - writeSuffix.length) : key;
}
