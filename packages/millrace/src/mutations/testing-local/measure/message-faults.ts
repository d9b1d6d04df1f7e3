import { CONFIG_ERRORS, type RefusedConfig, renderDiagnostics } from '@millrace/config';
import { CORE_ERRORS, type Diagnostic, GRAPH_ERRORS } from '@millrace/core';

const KNOWN_CODES = new Set(
  [CONFIG_ERRORS, CORE_ERRORS, GRAPH_ERRORS].flatMap((catalog) => Object.keys(catalog)),
);
const LONGEST_PAGE = 20_000;
const LONGEST_TEXT = 2000;
const STACK_FRAME = /^\s*at .+:\d+:\d+\)?$/m;

/** What is wrong with how a config is refused, whatever is wrong with the config. */
export function messageFaults({ diagnostics, sources }: RefusedConfig): readonly string[] {
  const page = renderDiagnostics(diagnostics, { sources });
  return [
    ...diagnostics.flatMap((diagnostic) => faultsOf(diagnostic, sources)),
    ...(page.length > LONGEST_PAGE ? [`${page.length} characters in all`] : []),
    ...(STACK_FRAME.test(page) ? ['a stack trace'] : []),
  ];
}

function faultsOf(
  { code, message, at, got = '', expected = '', help = '' }: Diagnostic,
  sources: RefusedConfig['sources'],
): string[] {
  const faults: string[] = [];
  if (!KNOWN_CODES.has(code)) faults.push(`${code} is in no catalog`);
  for (const text of [message, got, expected, help])
    if (text.length > LONGEST_TEXT) faults.push(`${code} says ${text.length} characters`);
  if (message.trim() === '') faults.push(`${code} says nothing`);
  const lines = at === undefined ? [] : (sources.get(at.file)?.split('\n') ?? []);
  const line = at === undefined ? undefined : lines[at.line - 1];
  const isInside = at !== undefined && line !== undefined && at.column <= line.length + 1;
  if (!isInside) faults.push(`${code} has no place in a text`);
  return faults;
}
