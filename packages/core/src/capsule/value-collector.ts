import { type EncodedValue, encodeValue, sealValue } from '../base/codec/index.ts';
import { problem, type Result, success } from '../base/result.ts';
import type { CheckpointStore, ValueHash } from '../checkpoint/index.ts';
import { readCell } from '../context/index.ts';
import { encodedSecret, type HoldsSecret } from '../executor/holds-secret.ts';
import { isCorruptCheckpoint } from '../executor/stored-cell.ts';
import type { KeyVersion } from '../history/key-versions.ts';
import { artifactRefs } from './artifact-refs.ts';
import type { CapsuleArtifact, LeftOutReason } from './capsule.ts';

type Gathered = Result<EncodedValue, LeftOutReason>;

/** Gathers the values of a capsule, each once; a secret never gets in. */
export class ValueCollector {
  readonly #store: CheckpointStore;
  readonly #holdsSecret: HoldsSecret | undefined;
  readonly #values = new Map<ValueHash, EncodedValue>();
  readonly #artifacts = new Map<ValueHash, CapsuleArtifact>();
  readonly #missing = new Set<string>();
  readonly #encoded = new Map<KeyVersion, Gathered>();

  constructor(store: CheckpointStore, holdsSecret: HoldsSecret | undefined) {
    this.#store = store;
    this.#holdsSecret = holdsSecret;
  }

  get values(): ReadonlyMap<ValueHash, EncodedValue> {
    return this.#values;
  }

  get artifacts(): readonly CapsuleArtifact[] {
    return [...this.#artifacts.values()];
  }

  /** Names of artifacts that the values refer to, and that the store does not give. */
  get missingArtifacts(): readonly string[] {
    return [...this.#missing];
  }

  /** Takes a value in, with the artifacts that it refers to. */
  async add(version: KeyVersion, mostBytes = Number.POSITIVE_INFINITY): Promise<Gathered> {
    const encoded = await this.encode(version);
    if (!encoded.ok) return encoded;
    const { hash, byteLength } = encoded.value;
    if (this.#values.has(hash)) return encoded;
    if (byteLength > mostBytes) return problem('large');
    this.#values.set(hash, encoded.value);
    for (const ref of artifactRefs(readCell(version.cell))) {
      await this.#addArtifact({ artifact: ref.artifact, name: ref.name });
    }
    return encoded;
  }

  /** The value as it would be taken in. */
  async encode(version: KeyVersion): Promise<Gathered> {
    const known = this.#encoded.get(version) ?? (await this.#encode(version));
    this.#encoded.set(version, known);
    return known;
  }

  /** Takes in what is encoded already; false when it holds a secret. */
  keep(value: EncodedValue): boolean {
    if (encodedSecret(value, this.#holdsSecret)) return false;
    this.#values.set(value.hash, value);
    return true;
  }

  async #encode({ cell, kind }: KeyVersion): Promise<Gathered> {
    try {
      await cell.load();
    } catch (error) {
      if (isCorruptCheckpoint(error)) return problem('damaged');
      throw error;
    }
    // What patches made is not stored as such, so its form is worked out here.
    const sealed = kind === 'value' ? success(cell.sealed) : sealValue(readCell(cell), cell.key);
    if (!sealed.ok) return problem('damaged');
    const encoded = encodeValue(sealed.value);
    return encodedSecret(encoded, this.#holdsSecret) ? problem('secret') : success(encoded);
  }

  async #addArtifact(artifact: CapsuleArtifact): Promise<void> {
    if (this.#artifacts.has(artifact.artifact)) return;
    const content = await this.#store.loadValue(artifact.artifact);
    if (content !== undefined && this.keep(content)) {
      this.#artifacts.set(artifact.artifact, artifact);
    } else this.#missing.add(artifact.name);
  }
}
