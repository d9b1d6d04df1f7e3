import { commandLine, type Shell } from '../runs/command-line.ts';

/** What to type to read the page of an error code. */
export function explainCommand(code: string, shell: Shell): string {
  return commandLine(['explain', code], shell);
}
