import type { Terminal } from './terminal.ts';

/** Takes secrets, and passwords in URLs, out of all that is printed from now on. */
export async function redactOutput(terminal: Terminal, secrets: readonly string[]): Promise<void> {
  const { createRedactor } = await import('@millrace/logging');
  const redactor = createRedactor(secrets);
  terminal.redactWith((text) => redactor.text(text));
}
