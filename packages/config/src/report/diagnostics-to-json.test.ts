import { expect, test } from '@jest/globals';
import type { Diagnostic } from '@millrace/core';
import { diagnosticsToJson } from './diagnostics-to-json.ts';

const place = { file: 'a.yaml', line: 2, column: 3 };
const flag = { file: '--param x=1', line: 1, column: 1 };
const base: Diagnostic = { code: 'CONFIG_VALUE', severity: 'error', message: 'm', path: ['x'] };

test('places in files keep their lines, and flags are told as flags', () => {
  const related = [
    { message: 'set here', path: [], at: flag },
    { message: 'nowhere', path: [] },
  ];
  const json = diagnosticsToJson([
    { ...base, at: place, related },
    { ...base, at: flag },
    { ...base, severity: 'warning' },
  ]);
  expect(json).toEqual({
    version: 1,
    errors: 2,
    warnings: 1,
    diagnostics: [
      {
        ...base,
        at: place,
        related: [
          { message: 'set here', path: [], at: { flag: '--param x=1' } },
          { message: 'nowhere', path: [] },
        ],
      },
      { ...base, at: { flag: '--param x=1' } },
      { ...base, severity: 'warning' },
    ],
  });
});
