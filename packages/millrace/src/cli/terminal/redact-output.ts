import type { Terminal } from './terminal.ts';

/** Takes secrets, and passwords in URLs, out of all that is printed from now on. */
export async function redactOutput(terminal: Terminal, secrets: readonly string[]): Promise<void> {
  const { createRedactor } = await import('@millrace/logging');
  const redactor = createRedactor(secrets);
  terminal.redactWith((text) => redactor.text(text));
}

/** Tells whether a text holds one of the secrets; undefined when there are none, so that nothing is searched. */
export async function secretFinder(
  secrets: readonly string[],
): Promise<((text: string) => boolean) | undefined> {
  if (secrets.length === 0) return undefined;
  const { createRedactor } = await import('@millrace/logging');
  return createRedactor(secrets).holdsSecret;
}
