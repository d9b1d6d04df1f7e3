import type { WaitRecord } from '@millrace/core';
import { shellQuote } from './command-line.ts';
import { type ResumeRequest, runCommand } from './resume-command.ts';

/** The command that answers the first of the waits that are for a signal; undefined where none is. */
export async function signalCommand(
  request: ResumeRequest,
  waits: readonly WaitRecord[],
): Promise<string | undefined> {
  const asked = waits.find(({ kind }) => kind === 'signal');
  if (asked === undefined) return undefined;
  const command = await runCommand('signal', request);
  return command === undefined ? undefined : `${command} ${shellQuote(asked.name)} --data JSON`;
}
