import { appendFileSync, existsSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { VirtualClock } from '@millrace/core';
import { createLogging } from './create-logging.ts';
import { MemoryDisk } from './testing-local/memory-disk.ts';
import { inTemporaryFolder } from './testing-local/temporary-folder.ts';
import { TextSink } from './testing-local/text-sink.ts';

const clock = new VirtualClock(Date.UTC(2026, 0, 1));

describe('createLogging on a disk in trouble', () => {
  it('ends a line that a killed process left half written', async () => {
    await inTemporaryFolder(async (dir) => {
      appendFileSync(join(dir, 'run-1.log'), '{"message":"whole"}\n{"message":"to');
      const logging = createLogging({ dir });
      logging.logger.info('next', { runId: 'run-1' });
      await logging.close();
      const [whole, torn, next] = readFileSync(join(dir, 'run-1.log'), 'utf8').split('\n');
      expect([whole, torn]).toEqual(['{"message":"whole"}', '{"message":"to']);
      expect(JSON.parse(next ?? '')).toMatchObject({ message: 'next' });
    });
  });

  it('goes on without files when the folder cannot be made, warns once and reports it', async () => {
    await inTemporaryFolder(async (folder) => {
      writeFileSync(join(folder, 'file'), '');
      const warnings = new TextSink();
      const logging = createLogging({ dir: join(folder, 'file/logs'), warnings });
      for (const runId of ['a', 'a', 'b']) logging.logger.info('hello', { runId });
      const report = await logging.close();
      expect(report.lost).toBe(3);
      expect(new Set(report.faults.map(({ code }) => code))).toEqual(
        new Set(['LOG_DIR_UNWRITABLE']),
      );
      expect(warnings.lines).toHaveLength(1);
      expect(warnings.text).toMatch(
        /^millrace: warning LOG_DIR_UNWRITABLE: cannot write the log .*ENOTDIR/,
      );
    });
  });

  it('goes on when the disk is full, warns once and reports it', async () => {
    if (!existsSync('/dev/full')) return console.warn('skipped: this system has no /dev/full');
    await inTemporaryFolder(async (dir) => {
      symlinkSync('/dev/full', join(dir, 'run-1.log'));
      const warnings = new TextSink();
      const logging = createLogging({ dir, warnings });
      for (let index = 0; index < 100; index++) logging.logger.info('hello', { runId: 'run-1' });
      const report = await logging.close();
      expect(report.lost).toBe(100);
      expect(report.faults[0]).toMatchObject({ code: 'LOG_WRITE_FAILED' });
      expect(warnings.text).toMatch(/^millrace: warning LOG_WRITE_FAILED: .*ENOSPC.*\n$/);
    });
  });

  it('tries lines that a full disk refused once more when the process ends', async () => {
    const disk = new MemoryDisk();
    const before = new Set(process.listeners('exit'));
    const logging = createLogging({ dir: 'logs', disk, warnings: new TextSink(), clock });
    disk.refuses = 'write';
    logging.logger.info('last words', { runId: 'run-1' });
    disk.refuses = undefined;
    for (const atExit of process.listeners('exit'))
      if (!before.has(atExit)) atExit.call(process, 0);
    expect(disk.text(logging.fileFor('run-1'))).toContain('last words');
    expect((await logging.close()).lost).toBe(0);
  });
});
