import { describe, expect, it } from '@jest/globals';
import { MillraceError } from '@millrace/core';
import { requireSoundSqlite } from './sqlite-version.ts';

describe('requireSoundSqlite', () => {
  it.each(['3.51.3', '3.51.10', '3.52.0', '4.0.0'])('accepts %s', (version) => {
    expect(() => requireSoundSqlite(version)).not.toThrow();
  });

  it.each(['3.51.2', '3.9.9', '3.50.99', '2.99.99'])('refuses %s', (version) => {
    expect(() => requireSoundSqlite(version)).toThrow(MillraceError);
  });

  it('says which Node carries the old SQLite and what to install', () => {
    try {
      requireSoundSqlite('3.51.2', 'v22.22.0');
      throw new MillraceError('TEST', 'it was accepted');
    } catch (thrown) {
      expect(thrown).toMatchObject({
        code: 'SQLITE_TOO_OLD',
        message:
          'Node v22.22.0 carries SQLite 3.51.2, which can lose commits; Millrace needs SQLite 3.51.3 or newer',
        details: { version: '3.51.2', required: '3.51.3', node: 'v22.22.0' },
        help: expect.stringContaining('Install Node 22.23.3 or newer'),
      });
    }
  });
});
