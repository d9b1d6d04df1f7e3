import { problem, type Result, success } from '@millrace/core';
import { readYaml } from '../parse/yaml-reader.ts';
import { ConfigSource } from '../source/config-source.ts';
import { Problems } from '../source/problems.ts';
import { toPlain } from '../tree/to-plain.ts';

export interface Assignment {
  readonly name: string;
  readonly value: unknown;
}

/** Reads `name=value` of a command line; the value as it would be in a YAML config: `30`, `true`, `[a, b]`, text. */
export function parseAssignment(text: string): Result<Assignment, string> {
  const equals = text.indexOf('=');
  if (equals < 1) return problem(`${JSON.stringify(text)} is no assignment; expected name=value`);
  const problems = new Problems();
  const written = text.slice(equals + 1);
  const node = readYaml(new ConfigSource('override', '', written), problems);
  const [fault] = problems.sorted();
  if (fault !== undefined)
    return problem(`the value of ${text.slice(0, equals)} cannot be read: ${fault.message}`);
  return success({ name: text.slice(0, equals), value: node === undefined ? '' : toPlain(node) });
}
