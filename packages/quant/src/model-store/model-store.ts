import { join } from 'node:path';
import { MillraceError, problem, type Result, success } from '@millrace/core';
import { requireWhole } from '../base/require.ts';
import type { MetaModel } from '../models/meta-model.ts';
import { modelOf } from '../models/model-of.ts';
import { ModelFolder } from './model-folder.ts';
import type { Lineage, ModelRecord } from './model-record.ts';
import { type ModelRefusal, refusedError } from './model-refusal.ts';
import { type Promotions, parsePromotions } from './promotions.ts';
import { openModel, sealModel } from './seal-model.ts';

export interface SaveOptions {
  readonly lineage: Lineage;
  readonly description?: string;
  readonly tags?: readonly string[];
  readonly properties?: Readonly<Record<string, string | number | boolean>>;
  /** What is saved again with the same key gives the version that is there. */
  readonly key?: string;
}

export interface ReadOptions {
  /** Default the version that is promoted. */
  readonly version?: number;
  /** Names that the model must have been fitted to, in this order. */
  readonly features?: readonly string[];
}

export interface StoredModel {
  readonly record: ModelRecord;
  readonly model: MetaModel;
}

const NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/;

/**
 * Versions of models in a folder: one file each, written whole or not at all, checked by checksum and schema when
 * read. One version of a name is promoted, which is what readers get; promoting and rolling back is one rename.
 * Several processes may use a folder at once.
 */
export class ModelStore {
  readonly #path: string;
  readonly #now: () => Date;

  /** @param path folder of the store; made when it is written to */
  constructor(path: string, now: () => Date = () => new Date()) {
    this.#path = path;
    this.#now = now;
  }

  /**
   * Adds the next version. It is not in use before it is promoted.
   * @throws MillraceError MODEL_NAME_INVALID, MODEL_STORE_UNWRITABLE
   */
  async save(name: string, model: MetaModel, options: SaveOptions): Promise<ModelRecord> {
    const { lineage, description = '', tags = [], properties = {}, key } = options;
    const folder = this.#folder(name);
    const createdAt = this.#now().toISOString();
    for (;;) {
      const versions = await folder.versions();
      const same = key === undefined ? undefined : await this.#savedAs(name, versions, key);
      if (same !== undefined) return same;
      const version = (versions.at(-1) ?? 0) + 1;
      const about = {
        description,
        tags,
        properties,
        lineage,
        ...(key === undefined ? {} : { key }),
      };
      const id = `${name}@${version}`;
      const record = { id, name, version, createdAt, ...about, model: model.body };
      if (await folder.addVersion(version, sealModel(record))) return record;
    }
  }

  /** Numbers of the versions, rising. */
  versions(name: string): Promise<readonly number[]> {
    return this.#folder(name).versions();
  }

  /** The version in use; undefined before the first promotion. */
  async promoted(name: string): Promise<number | undefined> {
    return (await this.#promotions(name)).at(-1)?.version;
  }

  /** Promotions, oldest first; the last one is in use. */
  promotions(name: string): Promise<Promotions> {
    return this.#promotions(name);
  }

  /**
   * Reads a version, or says why it is not used.
   * @throws MillraceError MODEL_NOT_FOUND where there is no such version, or none is promoted
   */
  async read(name: string, options: ReadOptions = {}): Promise<Result<StoredModel, ModelRefusal>> {
    const version = options.version ?? (await this.promoted(name));
    const text = version === undefined ? undefined : await this.#folder(name).readVersion(version);
    if (version === undefined || text === undefined) throw await this.#notFound(name, version);
    const opened = openModel(text);
    if (!opened.ok) return opened;
    const record = opened.value;
    const refusal = misplaced(record, name, version) ?? otherFeatures(record, options.features);
    return refusal === undefined
      ? success({ record, model: modelOf(record.model) })
      : problem(refusal);
  }

  /**
   * Reads a version that must be sound.
   * @throws MillraceError MODEL_NOT_FOUND, MODEL_REFUSED
   */
  async load(name: string, options: ReadOptions = {}): Promise<StoredModel> {
    const version = options.version ?? (await this.promoted(name));
    const read = await this.read(name, version === undefined ? options : { ...options, version });
    if (read.ok) return read.value;
    throw refusedError(`model ${name}@${version}`, read.problem);
  }

  /**
   * Puts a version in use, after reading it: one that is damaged is never promoted. Promoting what is in use changes
   * nothing.
   * @throws MillraceError MODEL_NOT_FOUND, MODEL_REFUSED, MODEL_STORE_UNWRITABLE
   */
  async promote(name: string, version: number): Promise<void> {
    requireWhole('version', version, 1);
    await this.load(name, { version });
    const before = await this.#promotions(name);
    if (before.at(-1)?.version === version) return;
    await this.#keep(name, [...before, { version, at: this.#now().toISOString() }]);
  }

  /**
   * Takes the newest promotion back, so that the version before it is in use again.
   * @returns that version
   * @throws MillraceError MODEL_NO_EARLIER, MODEL_REFUSED, MODEL_STORE_UNWRITABLE
   */
  async rollback(name: string): Promise<number> {
    const before = await this.#promotions(name);
    const earlier = before.at(-2);
    if (earlier === undefined) {
      throw new MillraceError(
        'MODEL_NO_EARLIER',
        `model "${name}" was promoted ${before.length} times; a rollback needs a promotion before the present one`,
        { details: { name, promotions: before.length } },
      );
    }
    await this.load(name, { version: earlier.version });
    await this.#keep(name, before.slice(0, -1));
    return earlier.version;
  }

  #folder(name: string): ModelFolder {
    if (NAME.test(name)) return new ModelFolder(join(this.#path, name));
    throw new MillraceError(
      'MODEL_NAME_INVALID',
      `"${name}" cannot be the name of a model; expected letters, digits, ".", "_" and "-", 100 at most`,
      { details: { name } },
    );
  }

  async #promotions(name: string): Promise<Promotions> {
    const text = await this.#folder(name).readPromotions();
    if (text === undefined) return [];
    const promotions = parsePromotions(text);
    if (promotions !== undefined) return promotions;
    const message = 'it is no list of promoted versions';
    throw refusedError(
      `promotions.json of model "${name}"`,
      { reason: 'not-a-model', message },
      'Remove the file, and promote the version that you want again.',
    );
  }

  #keep(name: string, promotions: Promotions): Promise<void> {
    return this.#folder(name).writePromotions(`${JSON.stringify(promotions)}\n`);
  }

  /** Damaged versions have no key that could be trusted. */
  async #savedAs(name: string, versions: readonly number[], key: string) {
    for (const version of versions.toReversed()) {
      const read = await this.read(name, { version });
      if (read.ok && read.value.record.key === key) return read.value.record;
    }
    return undefined;
  }

  async #notFound(name: string, version: number | undefined): Promise<MillraceError> {
    const versions = await this.versions(name);
    const has = versions.length === 0 ? 'none' : versions.join(', ');
    const message =
      version === undefined
        ? `no version of model "${name}" is promoted; it has versions: ${has}`
        : `model "${name}" has no version ${version}; it has: ${has}`;
    return new MillraceError('MODEL_NOT_FOUND', message, { details: { name, version, versions } });
  }
}

function misplaced(record: ModelRecord, name: string, version: number): ModelRefusal | undefined {
  if (record.name === name && record.version === version) return undefined;
  const message = `it holds ${record.id}; expected ${name}@${version}`;
  return { reason: 'misplaced', message };
}

function otherFeatures(
  { model }: ModelRecord,
  features: readonly string[] | undefined,
): ModelRefusal | undefined {
  const own = model.features.join(', ');
  if (features === undefined || own === features.join(', ')) return undefined;
  const message = `it was fitted to the features ${own}; expected ${features.join(', ')}`;
  return { reason: 'features', message };
}
