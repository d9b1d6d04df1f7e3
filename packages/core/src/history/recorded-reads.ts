import type { StageRecord } from '../checkpoint/index.ts';
import type { BasisEntry } from '../plan/index.ts';
import { type KeyVersion, type KeyVersions, shortHash } from './key-versions.ts';

/** Something that a stage read, on record. */
export interface RecordedRead {
  /** The stage's own name for it, with its place where several keys are gathered: `prices[1]`. */
  readonly name: string;
  /** By the first digits of its hash; empty when nobody had written it. */
  readonly hash: string;
  /** What the stage read, as the run still holds it. */
  readonly version: KeyVersion | undefined;
  /** False when several keys hold the value, and the record does not tell which was read. */
  readonly isKeySure: boolean;
}

/** Finds what the stages of a run read among what is stored of its context, by the hashes on record. */
export class RecordedReads {
  readonly #byHash = new Map<string, KeyVersion[]>();

  constructor(versions: KeyVersions) {
    for (const version of [...versions.values()].flat()) {
      const hash = shortHash(version.cell.hash);
      const same = this.#byHash.get(hash);
      if (same === undefined) this.#byHash.set(hash, [version]);
      else same.push(version);
    }
  }

  /** @param keyOf the context key behind one of the stage's names, where that is known */
  of(
    record: StageRecord,
    keyOf: (entry: BasisEntry) => string | undefined = () => undefined,
  ): readonly RecordedRead[] {
    const entries = record.basis?.inputs ?? [];
    return entries
      .filter(([kind]) => kind === 'input' || kind === 'key')
      .map((entry) => this.find(entry, record, keyOf(entry)));
  }

  /** @param key where it is known */
  find([, name, hash]: BasisEntry, reader: StageRecord, key?: string): RecordedRead {
    const all = this.#byHash.get(hash) ?? [];
    const same = all.filter(({ writer }) => writer?.stage !== reader.stage);
    const named = same.filter((version) => version.key === (key ?? name));
    const fitting = named.length > 0 ? named : same;
    const isKeySure = new Set(fitting.map((version) => version.key)).size === 1;
    return { name, hash, version: lastBefore(fitting, reader), isKeySure };
  }
}

/** Several writers may have left the same value; the last that ended before the reader began is nearest. */
function lastBefore(
  versions: readonly KeyVersion[],
  { startedAt = Number.POSITIVE_INFINITY }: StageRecord,
): KeyVersion | undefined {
  return (
    versions.findLast(({ writer }) => (writer?.finishedAt ?? 0) <= startedAt) ?? versions.at(-1)
  );
}
