import type { Disk } from '../files/disk.ts';

/** A disk in memory that can refuse, or take less than it is given. */
export class MemoryDisk implements Disk {
  readonly files = new Map<string, string>();
  readonly handles = new Map<number, string>();
  readonly synced: string[] = [];
  /** What is refused now, if anything. */
  refuses: 'open' | 'write' | 'sync' | undefined;
  /** The most bytes of one write. */
  mouthful = Number.POSITIVE_INFINITY;
  writes = 0;
  mostOpen = 0;
  #nextFd = 3;

  open(path: string): number {
    if (this.refuses === 'open') throw new RangeError('EACCES: permission denied, open');
    const fd = this.#nextFd++;
    this.handles.set(fd, path);
    this.mostOpen = Math.max(this.mostOpen, this.handles.size);
    this.files.set(path, this.files.get(path) ?? '');
    return fd;
  }

  write(fd: number, data: Uint8Array): number {
    this.writes += 1;
    if (this.refuses === 'write') throw new RangeError('ENOSPC: no space left on device, write');
    const taken = Buffer.from(data).subarray(0, this.mouthful);
    const path = this.#pathOf(fd);
    this.files.set(path, `${this.files.get(path) ?? ''}${taken.toString('latin1')}`);
    return taken.length;
  }

  async sync(fd: number): Promise<void> {
    if (this.refuses === 'sync') throw new RangeError('EIO: i/o error, fsync');
    this.synced.push(this.#pathOf(fd));
  }

  close(fd: number): void {
    this.#pathOf(fd);
    this.handles.delete(fd);
  }

  text(path: string): string {
    return Buffer.from(this.files.get(path) ?? '', 'latin1').toString();
  }

  #pathOf(fd: number): string {
    const path = this.handles.get(fd);
    if (path === undefined) throw new RangeError(`the handle ${fd} is not open`);
    return path;
  }
}
