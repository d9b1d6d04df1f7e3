import { randomUUID } from 'node:crypto';
import { link, mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { MillraceError } from '@millrace/core';

const VERSION_FILE = /^v(\d{6,})\.json$/;
const TEMPORARY = /^\.tmp-/;
/** Nobody writes a file for that long: it was left behind by a process that died. */
const LEFT_BEHIND_MS = 3_600_000;

/** The files of one model. Whatever is written appears whole or not at all. */
export class ModelFolder {
  readonly #path: string;

  constructor(path: string) {
    this.#path = path;
  }

  /** Numbers of the versions, rising; none where there is no folder. */
  async versions(): Promise<number[]> {
    const files = await this.#files();
    return files
      .flatMap((file) => VERSION_FILE.exec(file)?.[1] ?? [])
      .map(Number)
      .sort((a, b) => a - b);
  }

  /** Undefined where there is no such version. */
  readVersion(version: number): Promise<string | undefined> {
    return this.#read(versionFile(version));
  }

  readPromotions(): Promise<string | undefined> {
    return this.#read('promotions.json');
  }

  /**
   * Adds a version that is not there yet.
   * @returns false where another process was first
   * @throws MillraceError MODEL_STORE_UNWRITABLE
   */
  async addVersion(version: number, text: string): Promise<boolean> {
    return this.#write(text, async (temporary) => {
      try {
        // A link fails where the name is taken; a rename would replace what another process wrote.
        await link(temporary, join(this.#path, versionFile(version)));
        return true;
      } catch (error) {
        if (isCode(error, 'EEXIST')) return false;
        throw error;
      } finally {
        await rm(temporary, { force: true });
      }
    });
  }

  /** @throws MillraceError MODEL_STORE_UNWRITABLE */
  async writePromotions(text: string): Promise<void> {
    await this.#write(text, (temporary) => rename(temporary, join(this.#path, 'promotions.json')));
  }

  async #write<T>(text: string, place: (temporary: string) => Promise<T>): Promise<T> {
    try {
      await mkdir(this.#path, { recursive: true });
      await this.#removeLeftBehind();
      const temporary = join(this.#path, `.tmp-${randomUUID()}`);
      await writeDurably(temporary, text);
      const placed = await place(temporary);
      await syncFolder(this.#path);
      return placed;
    } catch (cause) {
      const why = (cause as NodeJS.ErrnoException).message;
      throw new MillraceError(
        'MODEL_STORE_UNWRITABLE',
        `the model store cannot write to ${this.#path}: ${why}`,
        { cause, details: { path: this.#path }, help: 'Check its permissions and the free space.' },
      );
    }
  }

  async #removeLeftBehind(): Promise<void> {
    const oldest = Date.now() - LEFT_BEHIND_MS;
    for (const file of (await this.#files()).filter((name) => TEMPORARY.test(name))) {
      const path = join(this.#path, file);
      const found = await stat(path).catch(() => undefined);
      if (found !== undefined && found.mtimeMs < oldest) await rm(path, { force: true });
    }
  }

  async #files(): Promise<string[]> {
    return readdir(this.#path).catch((error) => {
      if (isCode(error, 'ENOENT', 'ENOTDIR')) return [];
      throw error;
    });
  }

  async #read(file: string): Promise<string | undefined> {
    return readFile(join(this.#path, file), 'utf8').catch((error) => {
      if (isCode(error, 'ENOENT')) return undefined;
      throw error;
    });
  }
}

const versionFile = (version: number): string => `v${String(version).padStart(6, '0')}.json`;

const isCode = (error: unknown, ...codes: readonly string[]): boolean =>
  codes.includes((error as NodeJS.ErrnoException).code ?? '');

async function writeDurably(path: string, text: string): Promise<void> {
  await using file = await open(path, 'wx');
  await file.writeFile(text);
  await file.sync();
}

/** Until the folder is on disk, a crash of the machine may forget the new name. */
async function syncFolder(path: string): Promise<void> {
  // Windows cannot open a folder, and needs no sync of one.
  if (process.platform === 'win32') return;
  await using folder = await open(path, 'r');
  await folder.sync();
}
