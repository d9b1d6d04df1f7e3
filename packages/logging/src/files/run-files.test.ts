import { describe, expect, it } from '@jest/globals';
import { VirtualClock } from '@millrace/core';
import { MemoryDisk } from '../testing-local/memory-disk.ts';
import { RunFiles } from './run-files.ts';

function setUp() {
  const disk = new MemoryDisk();
  const files = new RunFiles({
    dir: 'logs',
    disk,
    clock: new VirtualClock(),
    report: () => {},
    gapLine: (count) => `gap of ${count}\n`,
  });
  return { disk, files };
}

describe('RunFiles', () => {
  it('keeps a thousand runs apart with a bounded number of open files, and syncs each', async () => {
    const { disk, files } = setUp();
    const ids = Array.from({ length: 1_000 }, (_, index) => `run-${index}`);
    for (const round of [1, 2, 3]) for (const id of ids) files.append(id, `${id} ${round}\n`);
    expect(disk.mostOpen).toBeLessThanOrEqual(129);
    await files.endAll();
    for (const id of ids) {
      expect(disk.text(files.pathFor(id))).toBe(`${id} 1\n${id} 2\n${id} 3\n`);
    }
    expect(new Set(disk.synced).size).toBe(1_000);
    expect(disk.handles.size).toBe(0);
  });

  it('closes the file of a run that ended, and opens it again for a late line', async () => {
    const { disk, files } = setUp();
    files.append('a', 'one\n');
    const ending = files.end('a');
    files.append('a', 'late\n');
    await ending;
    await files.endAll();
    expect(disk.text(files.pathFor('a'))).toBe('one\nlate\n');
    expect(disk.handles.size).toBe(0);
  });

  it('waits at the end for a run that is still being ended', async () => {
    const { disk, files } = setUp();
    files.append('a', 'one\n');
    void files.end('a');
    await files.endAll();
    expect(disk.handles.size).toBe(0);
    expect(disk.synced).toHaveLength(1);
  });

  it('counts the lost lines of runs that are over', async () => {
    const { disk, files } = setUp();
    disk.refuses = 'open';
    files.append('a', 'one\n');
    await files.end('a');
    files.append('b', 'one\n');
    await files.endAll();
    expect(files.lost).toBe(2);
  });

  it('ends a run that has no lines without making a file', async () => {
    const { disk, files } = setUp();
    await files.end('nobody');
    expect(disk.files.size).toBe(0);
  });
});
