import type { Paint } from '../terminal/terminal.ts';

const NAME_WIDTH = 9;

/** Names and values below each other; a fact without value is left out. */
export function factLines(
  facts: readonly (readonly [name: string, value: string | undefined])[],
  paint: Paint,
): string[] {
  return facts.flatMap(([name, value]) =>
    value === undefined || value === ''
      ? []
      : [`${paint('dim', name.padEnd(NAME_WIDTH))} ${value}`],
  );
}
