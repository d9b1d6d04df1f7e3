import { describe, expect, it } from '@jest/globals';
import { VirtualClock } from '@millrace/core';
import { MemoryDisk } from '../testing-local/memory-disk.ts';
import { RunFile } from './run-file.ts';

function setUp() {
  const disk = new MemoryDisk();
  const clock = new VirtualClock();
  const reports: string[] = [];
  const file = new RunFile({
    path: 'run.log',
    disk,
    clock,
    report: (code) => void reports.push(code),
    gapLine: (count) => `gap of ${count}\n`,
  });
  return { disk, clock, reports, file, text: () => disk.text('run.log') };
}

const KILOBYTE_LINE = `${'x'.repeat(1023)}\n`;

describe('RunFile', () => {
  it('has written a line when append returns', () => {
    const { file, text } = setUp();
    file.append('one\n');
    expect(text()).toBe('one\n');
    file.append('zwei ü €\n');
    expect(text()).toBe('one\nzwei ü €\n');
  });

  it('opens nothing before the first line, and syncs and closes at the end', async () => {
    const { file, disk } = setUp();
    expect(disk.mostOpen).toBe(0);
    await file.finish();
    expect(disk).toMatchObject({ mostOpen: 0, synced: [] });
    const used = setUp();
    used.file.append('one\n');
    await used.file.finish();
    expect(used.disk.synced).toEqual(['run.log']);
    expect(used.disk.handles.size).toBe(0);
  });

  it('finishes a line that the disk takes in small parts', () => {
    const { file, disk, text } = setUp();
    disk.mouthful = 3;
    file.append('one long line with ü\n');
    expect(text()).toBe('one long line with ü\n');
  });

  it('keeps the lines that a full disk refuses and writes them once there is space', async () => {
    const { file, disk, clock, text, reports } = setUp();
    file.append('one\n');
    disk.refuses = 'write';
    file.append('two\n');
    file.append('three\n');
    expect(reports).toEqual(['LOG_WRITE_FAILED']);
    disk.refuses = undefined;
    await clock.advance(1_000);
    file.append('four\n');
    expect(text()).toBe('one\ntwo\nthree\nfour\n');
    expect(file.lost).toBe(0);
  });

  it('does not try a full disk again for each line', () => {
    const { file, disk } = setUp();
    disk.refuses = 'write';
    for (let index = 0; index < 100; index++) file.append('line\n');
    expect(disk.writes).toBe(1);
  });

  it('bounds what waits, counts what it drops, and marks the gap', async () => {
    const { file, disk, clock, text } = setUp();
    disk.refuses = 'write';
    for (let index = 0; index < 300; index++) file.append(KILOBYTE_LINE);
    expect(file.lost).toBe(300 - 256);
    disk.refuses = undefined;
    await clock.advance(1_000);
    file.append('after\n');
    expect(text()).toBe(`${KILOBYTE_LINE.repeat(256)}gap of 44\nafter\n`);
    await file.finish();
    expect(file.lost).toBe(44);
  });

  it('marks a gap at the end of the file too', async () => {
    const { file, disk, text } = setUp();
    disk.refuses = 'write';
    for (let index = 0; index < 257; index++) file.append(KILOBYTE_LINE);
    disk.refuses = undefined;
    await file.finish();
    expect(text()).toBe(`${KILOBYTE_LINE.repeat(256)}gap of 1\n`);
  });

  it('counts what still waits at the end as lost', async () => {
    const { file, disk, reports } = setUp();
    disk.refuses = 'open';
    file.append('one\n');
    file.append('two\n');
    await file.finish();
    expect(file.lost).toBe(2);
    expect(new Set(reports)).toEqual(new Set(['LOG_DIR_UNWRITABLE']));
  });

  it('reports a sync that fails and closes its handle', async () => {
    const { file, disk, reports } = setUp();
    file.append('one\n');
    disk.refuses = 'sync';
    await file.finish();
    expect(reports).toEqual(['LOG_WRITE_FAILED']);
    expect(disk.handles.size).toBe(0);
  });

  it('does not give its handle back in the middle of a line', () => {
    const { file, disk } = setUp();
    file.append('one\n');
    disk.refuses = 'write';
    file.append('two\n');
    file.suspend();
    expect(disk.handles.size).toBe(1);
  });

  it('goes on in the same file after it was suspended, and is synced though it has no handle', async () => {
    const { file, disk, text } = setUp();
    file.append('one\n');
    file.suspend();
    expect(disk.handles.size).toBe(0);
    file.append('two\n');
    file.suspend();
    await file.finish();
    expect(text()).toBe('one\ntwo\n');
    expect(disk.synced).toEqual(['run.log']);
    expect(disk.handles.size).toBe(0);
  });
});
