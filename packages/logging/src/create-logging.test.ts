import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { asRunId, asStageId, VirtualClock } from '@millrace/core';
import { createLogging } from './create-logging.ts';
import { inTemporaryFolder, readLines } from './testing-local/temporary-folder.ts';
import { TextSink } from './testing-local/text-sink.ts';

const clock = new VirtualClock(Date.UTC(2026, 0, 1));
const time = '2026-01-01T00:00:00.000Z';

describe('createLogging', () => {
  it('writes JSON lines with run, stage and attempt to the file of the run', async () => {
    await inTemporaryFolder(async (folder) => {
      const dir = join(folder, 'deep/logs');
      const logging = createLogging({ dir, clock });
      const run = logging.logger.child({ runId: asRunId('run-1'), pipeline: 'daily' });
      expect(existsSync(dir)).toBe(false);
      run.warn('slow disk');
      run.child({ stage: asStageId('ingest'), attempt: 2 }).info('read', { rows: 3 });
      expect(readLines(logging.fileFor('run-1'))).toEqual([
        {
          time,
          level: 'warn',
          message: 'slow disk',
          runId: 'run-1',
          fields: { pipeline: 'daily' },
        },
        {
          time,
          level: 'info',
          message: 'read',
          runId: 'run-1',
          stage: 'ingest',
          attempt: 2,
          fields: { pipeline: 'daily', rows: 3 },
        },
      ]);
      expect(await logging.close()).toEqual({ lost: 0, faults: [] });
    });
  });

  it('does not mix runs, whatever their ids, and stays in its folder', async () => {
    await inTemporaryFolder(async (folder) => {
      const dir = join(folder, 'logs');
      const logging = createLogging({ dir });
      const ids = ['a', 'A', '../a', '../../etc/passwd', '..', 'a\u0000', 'secret-run'];
      for (let round = 0; round < 50; round++) {
        for (const id of ids) logging.logger.child({ runId: id }).info(`${round}`);
      }
      await Promise.all(ids.slice(0, 3).map((id) => logging.endRun(id)));
      await logging.close();
      expect(readdirSync(folder)).toEqual(['logs']);
      expect(readdirSync(dir)).toHaveLength(ids.length);
      for (const id of ids) {
        const lines = readLines(logging.fileFor(id));
        expect(new Set(lines.map(({ runId }) => runId))).toEqual(new Set([id]));
        expect(lines).toHaveLength(50);
      }
    });
  });

  it('lets a stage not speak in the name of others', async () => {
    await inTemporaryFolder(async (dir) => {
      const logging = createLogging({ dir, clock });
      const log = logging.logger.child({ runId: 'run-1', stage: 'a', attempt: 1 });
      log
        .child({ runId: 'run-2', stage: 'b', attempt: 9 })
        .info('forged', { stage: 'c', level: 'error' });
      await logging.close();
      expect(readdirSync(dir)).toEqual(['run-1.log']);
      expect(readLines(logging.fileFor('run-1'))).toEqual([
        {
          time,
          level: 'info',
          message: 'forged',
          runId: 'run-1',
          stage: 'a',
          attempt: 1,
          fields: { runId: 'run-2', stage: 'c', attempt: 9, level: 'error' },
        },
      ]);
    });
  });

  it('takes secrets out of every part of a line, in the file and on the console', async () => {
    await inTemporaryFolder(async (dir) => {
      const screen = new TextSink();
      const secret = 'hunter2-hunter2';
      const logging = createLogging({ dir, console: screen, redact: [secret] });
      const log = logging.logger.child({
        runId: `r-${secret}`,
        stage: `s-${secret}`,
        [secret]: secret,
      });
      log.error(`message ${secret}`, {
        error: new Error(secret, { cause: new Error(encodeURIComponent(secret)) }),
        encoded: Buffer.from(`ann:${secret}`).toString('base64'),
        password: 'other',
      });
      await logging.close();
      const file = readFileSync(logging.fileFor(`r-${secret}`), 'utf8');
      for (const text of [file, screen.text]) {
        expect(text).toContain('message [secret]');
        expect(text).not.toMatch(/hunter2|other|aHVudGVy/);
      }
    });
  });

  it('drops what is quieter than its level, and knows no other level', async () => {
    const screen = new TextSink();
    const { logger, close } = createLogging({ console: screen, level: 'warn', clock });
    logger.debug('a');
    logger.info('b');
    logger.warn('c');
    logger.error('d');
    await close();
    expect(screen.lines).toEqual([`${time} WARN  c`, `${time} ERROR d`]);
    const wrong = JSON.parse('"wran"');
    expect(() => createLogging({ level: wrong })).toThrow(
      expect.objectContaining({ code: 'LOG_LEVEL_UNKNOWN', help: 'did you mean "warn"?' }),
    );
  });

  it('prints JSON on request', async () => {
    const screen = new TextSink();
    const logging = createLogging({ console: screen, format: 'json', clock });
    logging.logger.info('a\nb', { n: 1 });
    await logging.close();
    expect(screen.lines.map((line) => JSON.parse(line))).toEqual([
      { time, level: 'info', message: 'a\nb', fields: { n: 1 } },
    ]);
  });

  it('logs whatever JavaScript callers pass, and its methods work on their own', async () => {
    const screen = new TextSink();
    const logging = createLogging({ console: screen, format: 'json', clock });
    const info = (...given: unknown[]): unknown =>
      Reflect.apply(logging.logger.info, undefined, given);
    const error = new Error('boom');
    const hostile = new Proxy({}, { ownKeys: () => ['a', 'a'], get: () => hostile });
    const endless: object = Object.defineProperty({}, 'again', {
      enumerable: true,
      get: () => info('inside', endless),
    });
    for (const given of [
      [error],
      ['failed', error],
      [{ a: 1 }],
      [undefined],
      ['x', 5],
      ['x', null],
    ]) {
      info(...given);
    }
    info('hostile', hostile);
    info('endless', endless);
    expect((await logging.close()).lost).toBe(0);
    const lines = screen.lines.map((line) => JSON.parse(line));
    expect(lines.slice(0, 6)).toMatchObject([
      {
        message: 'boom',
        fields: { error: { name: 'Error', message: 'boom', stack: expect.any(String) } },
      },
      { message: 'failed', fields: { error: { message: 'boom' } } },
      { message: '{"a":1}' },
      { message: 'undefined' },
      { message: 'x', fields: { value: 5 } },
      { message: 'x' },
    ]);
    expect(lines.at(-1)).toMatchObject({ message: 'endless' });
    expect(lines.length).toBeLessThan(12);
  });

  it('keeps messages and fields apart, whatever winston makes of such names', async () => {
    const screen = new TextSink();
    const logging = createLogging({ console: screen, format: 'json', clock });
    const fields = {
      message: 'm',
      level: 'error',
      time: 't',
      stack: 's',
      splat: [1],
      exception: true,
    };
    logging.logger.info('%s of %d%', fields);
    await logging.close();
    expect(screen.lines.map((line) => JSON.parse(line))).toEqual([
      { time, level: 'info', message: '%s of %d%', fields },
    ]);
  });

  it('closes once, discards later lines, and has no file names without a folder', async () => {
    await inTemporaryFolder(async (dir) => {
      const logging = createLogging({ dir });
      logging.logger.info('in time', { runId: 'a' });
      const closing = logging.close();
      expect(logging.close()).toBe(closing);
      await closing;
      logging.logger.info('late', { runId: 'a' });
      expect(readLines(logging.fileFor('a'))).toHaveLength(1);
    });
    const homeless = createLogging({ console: false });
    expect(() => homeless.fileFor('a')).toThrow(
      expect.objectContaining({ code: 'LOG_DIR_MISSING' }),
    );
    await homeless.close();
  });

  it('leaves no listener on the process and on the console behind', async () => {
    const before = process.listenerCount('exit');
    const screen = new TextSink();
    const listeners = screen.listenerCount('error');
    const all = Array.from({ length: 5 }, () => createLogging({ console: screen }));
    expect(process.listenerCount('exit')).toBe(before + 1);
    await Promise.all(all.map((logging) => logging.close()));
    expect(process.listenerCount('exit')).toBe(before);
    expect(screen.listenerCount('error')).toBe(listeners);
  });
});
