import { MillraceError } from '@millrace/core';

/** Commander's complaint in our form: `error: unknown option '--stroe'` and `(Did you mean --store?)`. */
export function usageError(complaint: string): MillraceError {
  const lines = complaint
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  const suggestion = lines.find((line) => /^\(Did you mean/.test(line));
  const first = lines.find((line) => line !== suggestion) ?? 'the command line is not understood';
  if (/^Usage:/.test(first)) {
    return new MillraceError('USAGE', 'no command was given', {
      help: `millrace run CONFIG; all commands: millrace --help`,
    });
  }
  return new MillraceError('USAGE', first.replace(/^error: /, ''), {
    help:
      suggestion?.slice(1, -1).replace('Did', 'did') ??
      'millrace --help lists commands, millrace COMMAND --help their options',
  });
}
