const BRACKETS = /\[([^[\]]*)\]/g;
const ANY_LABEL = String.raw`\[[^[\]]*\]`;
const ANY_VALUE = String.raw`[^[\],]*`;

/** Whether a text stands for several ids or keys: `scores[*]`, `prep[*]/bars`. */
export function isPattern(text: string): boolean {
  return text.matchAll(BRACKETS).some(([, label = '']) => label.split(',').includes('*'));
}

/**
 * What a pattern matches: `[*]` any label, `[20,*]` those of two values whose first is 20. A star that is
 * no whole value is an ordinary sign.
 */
export function labelPattern(text: string): RegExp {
  let source = '';
  let at = 0;
  for (const { 0: brackets, 1: label = '', index } of text.matchAll(BRACKETS)) {
    source += literally(text.slice(at, index)) + labelSource(label);
    at = index + brackets.length;
  }
  return new RegExp(`^${source}${literally(text.slice(at))}$`, 's');
}

function labelSource(label: string): string {
  if (label === '*') return ANY_LABEL;
  const values = label.split(',').map((value) => (value === '*' ? ANY_VALUE : literally(value)));
  return String.raw`\[${values.join(',')}\]`;
}

function literally(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|/-]/g, String.raw`\$&`);
}
