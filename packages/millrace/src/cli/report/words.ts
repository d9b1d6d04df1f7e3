/** `1 stage`, `2 stages`. */
export function countOf(count: number, noun: string): string {
  return `${count.toLocaleString('en-US')} ${noun}${count === 1 ? '' : 's'}`;
}

/** The first few of many names, and how many there are. */
export function listOf(names: readonly string[], most = 12): string {
  const shown = names.slice(0, most).join(', ');
  return names.length <= most
    ? shown
    : `${shown} and ${(names.length - most).toLocaleString('en-US')} more`;
}

/** `2026-11-21 11:33:55` in local time. */
export function localTime(atMs: number): string {
  const date = new Date(atMs);
  const two = (part: number): string => String(part).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())} ${clockTime(atMs)}`;
}

/** `11:33:55` in local time. */
export function clockTime(atMs: number): string {
  const date = new Date(atMs);
  return [date.getHours(), date.getMinutes(), date.getSeconds()]
    .map((part) => String(part).padStart(2, '0'))
    .join(':');
}
