import { closeSync, fstatSync, fsync, mkdirSync, openSync, readSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { promisify } from 'node:util';

/** The few things that a log file needs of the disk; tests give a full or a slow one. */
export interface Disk {
  /** Opens for appending and makes what is missing. What a killed process left half written is ended. */
  open(path: string): number;
  /** Returns how many bytes were taken: at least one, maybe fewer than given. */
  write(fd: number, data: Uint8Array): number;
  /** Resolves once the bytes outlive a power failure. */
  sync(fd: number): Promise<void>;
  close(fd: number): void;
}

const syncFile = promisify(fsync);
const LINE_FEED = 0x0a;

export const nodeDisk: Disk = {
  open(path) {
    mkdirSync(dirname(path), { recursive: true });
    const fd = openSync(path, 'a+');
    try {
      endTornLine(fd);
      return fd;
    } catch (error) {
      closeSync(fd);
      throw error;
    }
  },
  write: (fd, data) => writeSync(fd, data),
  async sync(fd) {
    // A device such as /dev/full cannot be synced, and need not.
    if (fstatSync(fd).isFile()) await syncFile(fd);
  },
  close: closeSync,
};

/** A line that a SIGKILL or a full disk cut short must not swallow the one after it. */
function endTornLine(fd: number): void {
  const stat = fstatSync(fd);
  if (!stat.isFile() || stat.size === 0) return;
  const last = Buffer.alloc(1);
  readSync(fd, last, 0, 1, stat.size - 1);
  if (last[0] !== LINE_FEED) writeSync(fd, '\n');
}
