import { Writable } from 'node:stream';
import { describe, expect, it } from '@jest/globals';
import { VirtualClock } from '@millrace/core';
import { ConsoleOutput } from './console-output.ts';

function setUp(write: (chunk: Buffer, done: (error?: Error) => void) => void) {
  const stream = new Writable({ write: (chunk, _encoding, done) => write(chunk, done) });
  const reports: string[] = [];
  const output = new ConsoleOutput(stream, (_code, message) => void reports.push(message));
  return { stream, reports, output };
}

describe('ConsoleOutput', () => {
  it('outlives a reader that goes away', async () => {
    const { output, reports } = setUp((_chunk, done) => done(new RangeError('EPIPE: broken pipe')));
    output.write('one\n');
    await new Promise(setImmediate);
    output.write('two\n');
    output.write('three\n');
    await output.close(new VirtualClock());
    expect(reports).toEqual(['the console takes no log lines: EPIPE: broken pipe']);
    expect(output.lost).toBe(2);
  });

  it('drops lines for a stream that was ended', () => {
    const { output, stream, reports } = setUp((_chunk, done) => done());
    stream.end();
    output.write('one\n');
    expect(output.lost).toBe(1);
    expect(reports).toEqual(['the console takes no log lines: it is closed']);
  });

  it('waits at the end for a slow reader', async () => {
    const waiting: (() => void)[] = [];
    const { output } = setUp((_chunk, done) => void waiting.push(done));
    output.write('one\n');
    output.write('two\n');
    let isClosed = false;
    const closing = output.close(new VirtualClock()).then(() => {
      isClosed = true;
    });
    await new Promise(setImmediate);
    expect(isClosed).toBe(false);
    for (let done = waiting.shift(); done !== undefined; done = waiting.shift()) {
      done();
      await new Promise(setImmediate);
    }
    await closing;
    expect(isClosed).toBe(true);
  });

  it('gives a reader that stopped two seconds, and bounds what waits for it', async () => {
    const clock = new VirtualClock();
    const { output, reports } = setUp(() => {});
    const megabyte = 'x'.repeat(2 ** 20);
    for (let count = 0; count < 20; count++) output.write(megabyte);
    expect(output.lost).toBe(3);
    const closing = output.close(clock);
    await clock.advance(2_000);
    await closing;
    expect(reports).toEqual([
      'the console takes no log lines: it is too far behind',
      'the console did not take the last log lines in time',
    ]);
  });
});
