import { Writable } from 'node:stream';
import { describe, expect, it } from '@jest/globals';
import { VirtualClock } from '@millrace/core';
import winston from 'winston';
import { createLogging } from './create-logging.ts';
import { inTemporaryFolder, readLines } from './testing-local/temporary-folder.ts';
import { TextSink } from './testing-local/text-sink.ts';

const clock = new VirtualClock(Date.UTC(2026, 0, 1));

describe('winston transports of a user', () => {
  it('get redacted lines that they format as usual', async () => {
    const asJson = new TextSink();
    const asText = new TextSink();
    const transports = [
      new winston.transports.Stream({ stream: asJson }),
      new winston.transports.Stream({
        stream: asText,
        level: 'error',
        format: winston.format.printf(
          ({ level, message, runId }) => `${level}|${message}|${runId}`,
        ),
      }),
    ];
    const logging = createLogging({ console: false, transports, redact: ['hunter2'], clock });
    logging.logger.child({ runId: 'run-1' }).info('a hunter2');
    logging.logger.child({ runId: 'run-1' }).error('b');
    expect(await logging.close()).toEqual({ lost: 0, faults: [] });
    expect(JSON.parse(asJson.lines[0] ?? '')).toMatchObject({
      message: 'a [secret]',
      runId: 'run-1',
    });
    expect(asText.lines).toEqual(['error|b|run-1']);
  });

  it('hold no line of the files back when they are slow, and delay the end for five seconds at most', async () => {
    await inTemporaryFolder(async (dir) => {
      const stuck = new winston.transports.Stream({ stream: new TextSink() });
      stuck.log = () => {};
      const slow = new VirtualClock();
      const warnings = new TextSink();
      const logging = createLogging({ dir, transports: [stuck], clock: slow, warnings });
      for (let index = 0; index < 500; index++) logging.logger.info('line', { runId: 'run-1' });
      expect(readLines(logging.fileFor('run-1'))).toHaveLength(500);
      const closing = logging.close();
      await slow.advance(5_000);
      expect((await closing).faults).toMatchObject([{ code: 'LOG_TRANSPORT_FAILED' }]);
    });
  });

  it('may fail and throw without harm to the stage that logs', async () => {
    const stream = new Writable({ objectMode: true, write: (_line, _encoding, done) => done() });
    const failing = new winston.transports.Stream({
      stream,
      format: winston.format(() => {
        throw new RangeError('bad format');
      })(),
    });
    const warnings = new TextSink();
    const logging = createLogging({ console: false, transports: [failing], warnings });
    logging.logger.info('a');
    failing.emit('error', new RangeError('no network'));
    const { faults } = await logging.close();
    expect(faults.map(({ message }) => message)).toEqual([
      'a winston transport failed: bad format',
      'a winston transport failed: no network',
    ]);
    expect(warnings.lines).toHaveLength(1);
  });
});
