import { inspect } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import { createTextRedactor } from './text-redactor.ts';

const LONG = `${'k7Qw9"Zr\\T2'.repeat(10)}\n${'mXv4LpB8'.repeat(10)}`;

describe('a text redactor', () => {
  const { text } = createTextRedactor([LONG]);

  it.each([
    ['raw', LONG],
    ['as JSON', JSON.stringify(LONG).slice(1, -1)],
    ['in single quotes', `'${inspect(LONG, { breakLength: 9_999 }).slice(1, -1)}'`],
    ['in a URL', encodeURIComponent(LONG)],
  ])('takes out what is left of a secret %s that was cut at any place', (_, written) => {
    for (let length = 4; length < written.length; length++) {
      const shown = text(`got "${written.slice(0, length)}...`);
      expect(shown).toMatch(/^got "'?(?:\[secret\]|k7Q?w?)/);
      expect(shown.length).toBeLessThan(40);
      expect(shown).not.toContain(written.slice(0, 5));
    }
  });

  it('takes it out wherever a text may tell that it was cut', () => {
    const { text: short } = createTextRedactor(['hunter2hunter2']);
    expect(short('a hunter2…')).toBe('a [secret]…');
    expect(short(inspect('hunter2h'.padEnd(20_000, 'u')))).toMatch(/^'hunter2huuu/);
    expect(short(`${inspect('hunter2')}... 5 more characters`)).toBe(
      "'[secret]'... 5 more characters",
    );
    // Too short to tell anything, and whole words that nobody cut.
    expect(short('hun... hunter hunter2')).toBe('hun... hunter hunter2');
  });

  it('finds a secret whose lines an inspection has put in quotes of their own', () => {
    const codes = Array.from({ length: 12 }, (_, at) => `co-${at}de`).join('\n');
    const shown = createTextRedactor([codes]).text(inspect({ codes: { deep: [codes] } }));
    expect(inspect(codes, { breakLength: 20 })).toContain("' +\n");
    expect(shown).toMatch(/^\{\s+codes: \{\s+deep: \[\s+'\[secret\]'\s+\]\s+\}\s+\}$/);
  });

  it('finds a secret that lost the white space around it, or the line ends in it', () => {
    const { text: padded } = createTextRedactor(['  hunter2\n', 'correct horse\nbattery']);
    expect(padded('Bearer hunter2')).toBe('Bearer [secret]');
    expect(padded(Buffer.from('hunter2').toString('hex'))).toBe('[secret]');
    expect(padded('got correct horse battery')).toBe('got [secret]');
  });

  it('takes out whole secrets alone where a text is otherwise to stay as it is', () => {
    const { withoutSecrets, holdsSecret } = createTextRedactor(['hunter2']);
    const url = 'https://me:other@example.com/?token=abc&cut=hunt...';
    expect(withoutSecrets(url)).toBe(url);
    expect(withoutSecrets(`${url}&q=hunter2`)).toBe(`${url}&q=[secret]`);
    expect([url, 'hunt...', 'xhunter2x'].map(holdsSecret)).toEqual([false, false, true]);
  });

  it('is not slowed down by texts full of cuts', () => {
    const hostile = createTextRedactor([LONG, '....'.repeat(50), 'abab'.repeat(500)]);
    const started = performance.now();
    for (const piece of ['...', 'abab...', 'k7Qw9...', '\\u00...', '…']) {
      hostile.text(piece.repeat(10_000));
    }
    expect(performance.now() - started).toBeLessThan(5_000);
  });
});
