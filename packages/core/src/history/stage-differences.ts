import type { StageId } from '../base/ids.ts';
import type { CheckpointStore, StageRecord } from '../checkpoint/index.ts';
import { RecordedValues } from '../executor/recorded-values.ts';
import {
  changedParts,
  codeChanges,
  fileChanges,
  paramChanges,
  type Reason,
} from '../plan/index.ts';
import { isSameVersion } from './key-differences.ts';
import type { KeyVersion, KeyVersions } from './key-versions.ts';
import type { RecordedRead, RecordedReads } from './recorded-reads.ts';

/** How a stage of two runs differs, as far as the records tell. */
export interface StageDifferences {
  readonly stage: StageId;
  /** Undefined where the run has nothing recorded of the stage. */
  readonly before: StageRecord | undefined;
  readonly after: StageRecord | undefined;
  /** What of the stage itself is another: its params, code, files, or the keys that it writes. */
  readonly changes: readonly Reason[];
  /** What it read that is another. */
  readonly inputs: readonly InputDifference[];
  /** Keys of which it left another value. */
  readonly writes: readonly string[];
  /** False: it ended alike, and nothing above is another. How long it took and how often it was tried do not count. */
  readonly isEqual: boolean;
  /** It left other values, although all that is on record of what it rests on is the same. */
  readonly isUnexplained: boolean;
}

export interface InputDifference {
  /** The stage's own name for it; empty for the list of all keys that it could see. */
  readonly name: string;
  /** Who wrote it in each run; undefined for the initial context, and where nobody did. */
  readonly before: StageId | undefined;
  readonly after: StageId | undefined;
}

/** One of the two runs. */
export interface ComparedRun {
  readonly stages: ReadonlyMap<string, StageRecord>;
  readonly versions: KeyVersions;
  readonly reads: RecordedReads;
}

/** Compares the stages of two runs of one store. */
export class StageComparison {
  readonly #before: ComparedRun;
  readonly #after: ComparedRun;
  readonly #recorded: RecordedValues;

  constructor(store: CheckpointStore, before: ComparedRun, after: ComparedRun) {
    this.#before = before;
    this.#after = after;
    this.#recorded = new RecordedValues(store);
  }

  async compare(stage: StageId): Promise<StageDifferences> {
    const before = this.#before.stages.get(stage);
    const after = this.#after.stages.get(stage);
    if (before === undefined || after === undefined) {
      const nothing = { changes: [], inputs: [], writes: [], isUnexplained: false };
      return { stage, before, after, ...nothing, isEqual: false };
    }
    const changes = [
      ...(await this.#ownChanges(before, after)),
      ...fileChanges(before.basis?.files, after.basis?.files),
    ];
    const inputs = await this.#inputDifferences(before, after);
    const writes = await this.#otherWrites(stage, before, after);
    const isSame = before.status === after.status && before.fallback === after.fallback;
    const isExplained = !isSame || changes.length > 0 || inputs.length > 0;
    return {
      stage,
      before,
      after,
      changes,
      inputs,
      writes,
      isEqual: !isExplained && writes.length === 0,
      isUnexplained: !isExplained && writes.length > 0,
    };
  }

  async #ownChanges(before: StageRecord, after: StageRecord): Promise<readonly Reason[]> {
    // One that never started has none.
    if (before.fingerprint === '' || after.fingerprint === '') return [];
    const parts = changedParts(before.fingerprint, after.fingerprint);
    const reasons: Reason[] = [];
    if (parts.includes('params')) reasons.push(...(await this.#paramReasons(before, after)));
    if (parts.includes('code')) {
      const [old, now] = [await this.#codeOf(before), await this.#codeOf(after)];
      reasons.push(...codeChanges(old, now));
    }
    if (parts.includes('wiring')) reasons.push({ kind: 'wiring' });
    return reasons;
  }

  async #paramReasons(before: StageRecord, after: StageRecord): Promise<readonly Reason[]> {
    const [old, now] = [await this.#paramsOf(before), await this.#paramsOf(after)];
    if (old === undefined || now === undefined) return [{ kind: 'params' }];
    return paramChanges(old, now, undefined).map((change) => ({
      kind: 'param',
      ...change,
      at: undefined,
    }));
  }

  /** Undefined when they are not on record. */
  async #paramsOf({ basis }: StageRecord): Promise<unknown> {
    if (basis === undefined) return undefined;
    const { params, shortParams } = basis;
    return params === '' ? {} : await this.#recorded.load(params, shortParams);
  }

  async #codeOf({ basis }: StageRecord): Promise<unknown> {
    return basis === undefined ? undefined : await this.#recorded.load(basis.code);
  }

  /** Of a stage that did not succeed no reads are on record. */
  async #inputDifferences(
    before: StageRecord,
    after: StageRecord,
  ): Promise<readonly InputDifference[]> {
    if (before.basis === undefined || after.basis === undefined) return [];
    const old = new Map(this.#before.reads.of(before).map((read) => [read.name, read]));
    const now = new Map(this.#after.reads.of(after).map((read) => [read.name, read]));
    const differences: InputDifference[] = [];
    for (const name of new Set([...old.keys(), ...now.keys()])) {
      const [was, is] = [old.get(name), now.get(name)];
      if (await isSameRead(was, is)) continue;
      differences.push({ name, before: writerOf(was), after: writerOf(is) });
    }
    if (keyListOf(before) !== keyListOf(after)) {
      differences.push({ name: '', before: undefined, after: undefined });
    }
    return differences;
  }

  async #otherWrites(
    stage: StageId,
    before: StageRecord,
    after: StageRecord,
  ): Promise<readonly string[]> {
    const keys = new Set([...before.writes, ...after.writes].map(({ key }) => key));
    const others: string[] = [];
    for (const key of keys) {
      const [old, now] = [
        versionBy(stage, this.#before.versions.get(key)),
        versionBy(stage, this.#after.versions.get(key)),
      ];
      const isSame = old !== undefined && now !== undefined && (await isSameVersion(old, now));
      if (!isSame) others.push(key);
    }
    return others.sort();
  }
}

async function isSameRead(
  before: RecordedRead | undefined,
  after: RecordedRead | undefined,
): Promise<boolean> {
  if (before === undefined || after === undefined) return false;
  if (before.hash === after.hash) return true;
  if (before.version === undefined || after.version === undefined) return false;
  return isSameVersion(before.version, after.version);
}

function writerOf(read: RecordedRead | undefined): StageId | undefined {
  return read?.version?.writer?.stage;
}

function keyListOf({ basis }: StageRecord): string | undefined {
  return basis?.inputs.find(([kind]) => kind === 'keys')?.[2];
}

function versionBy(stage: StageId, versions: readonly KeyVersion[] = []): KeyVersion | undefined {
  return versions.find(({ writer }) => writer?.stage === stage);
}
