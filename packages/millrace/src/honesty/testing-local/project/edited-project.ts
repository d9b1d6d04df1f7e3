import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** A copy of a project in a temporary folder, whose files are edited one after the other. */
export class EditedProject {
  /** Real path. */
  readonly folder: string;

  private constructor(folder: string) {
    this.folder = folder;
  }

  static copyOf(original: string, names: readonly string[]): EditedProject {
    const folder = realpathSync(mkdtempSync(join(tmpdir(), 'millrace-honesty-')));
    for (const name of names) {
      cpSync(join(original, name), join(folder, name), { recursive: true });
    }
    return new EditedProject(folder);
  }

  /** Copies something else into it. */
  adopt(original: string, name: string): void {
    cpSync(original, this.path(name), { recursive: true });
  }

  link(target: string, name: string): void {
    mkdirSync(dirname(this.path(name)), { recursive: true });
    symlinkSync(target, this.path(name));
  }

  path(name: string): string {
    return join(this.folder, name);
  }

  read(name: string): string {
    return readFileSync(this.path(name), 'utf8');
  }

  write(name: string, text: string): void {
    mkdirSync(dirname(this.path(name)), { recursive: true });
    writeFileSync(this.path(name), text);
  }

  /** @throws when nothing is changed, because such an edit proves nothing */
  edit(name: string, change: (text: string) => string): void {
    const text = this.read(name);
    const changed = change(text);
    if (changed === text) throw new TypeError(`the edit of ${name} changes nothing`);
    this.write(name, changed);
  }

  move(from: string, to: string): void {
    renameSync(this.path(from), this.path(to));
  }

  touch(name: string, at: Date): void {
    utimesSync(this.path(name), at, at);
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
