import { PassThrough } from 'node:stream';
import { beforeEach, describe, expect, test } from '@jest/globals';
import { Terminal } from './terminal.ts';

const redact = (text: string): string => text.replaceAll('hunter2', '[secret]');

let stdout: PassThrough;
let terminal: Terminal;

beforeEach(() => {
  stdout = new PassThrough();
  const stream = stdout as unknown as NodeJS.WriteStream;
  const stderr = new PassThrough() as unknown as NodeJS.WriteStream;
  terminal = new Terminal({ stdout: stream, stderr, env: { NO_COLOR: '1' } });
});

function written(): Buffer {
  return stdout.read() ?? Buffer.alloc(0);
}

describe('what is written past the terminal', () => {
  test('is redacted once the terminal redacts, also when nobody receives it any more', () => {
    terminal.redactWith(redact);
    stdout.write('a hunter2\n');
    const received: string[] = [];
    terminal.divertStray((text, from) => received.push(`${from}: ${text}`));
    stdout.write('b hunter2\n');
    terminal.divertStray(undefined);
    stdout.write('c hunter2\n');
    expect(received).toEqual(['stdout: b [secret]\n']);
    expect(written().toString()).toBe('a [secret]\nc [secret]\n');
  });

  test('is redacted in bytes and other encodings, and calls back', async () => {
    terminal.redactWith(redact);
    stdout.write(Buffer.from('hunter2 '));
    stdout.write(Buffer.from('hunter2 ').toString('hex'), 'hex');
    await new Promise((resolve) => stdout.write('hunter2', resolve));
    expect(written().toString()).toBe('[secret] [secret] [secret]');
  });

  test('stays what it is when there is nothing to take out of it, also if it is no text', () => {
    terminal.redactWith(redact);
    const bytes = Buffer.from([0xff, 0x00, 0xfe]);
    stdout.write(bytes);
    expect(written()).toEqual(bytes);
  });

  test('is known by values that are hidden later than the terminal was made', async () => {
    const { redactOutput } = await import('./redact-output.ts');
    redactOutput(terminal);
    terminal.hide(['hunter2']);
    stdout.write('hunter2 postgres://me:pw@host\n');
    terminal.print('hunter2');
    expect(written().toString()).toBe('[secret] postgres://me:[secret]@host\n[secret]\n');
  });
});
