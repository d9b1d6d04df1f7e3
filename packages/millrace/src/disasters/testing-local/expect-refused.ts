import { expect } from '@jest/globals';
import type { Ended } from '../../cli/testing-local/workspace.ts';

/** A command that did nothing, and says why as Millrace does: with a code, the file and what to do, without a stack. */
export function expectRefused(ended: Ended, code: string, file: string): void {
  expect(ended.stderr).toMatch(new RegExp(`^error\\[${code}\\]: `, 'm'));
  expect(ended.stderr).toContain(file);
  expect(ended.stderr).toMatch(/^ {2}help: /m);
  expectNoTrace(ended);
  expect([1, 2]).toContain(ended.code);
}

export function expectNoTrace({ stdout, stderr }: Ended): void {
  expect(stdout + stderr).not.toMatch(/^ +at .*node:|Millrace has a bug|UnhandledPromise/m);
}
