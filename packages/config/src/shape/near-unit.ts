const DURATIONS: ReadonlyMap<string, string> = new Map([
  ...['ms', 'msec', 'milli', 'millisecond'].map((name) => [name, 'ms'] as const),
  ...['s', 'sec', 'second'].map((name) => [name, 's'] as const),
  ...['m', 'min', 'minute'].map((name) => [name, 'm'] as const),
  ...['h', 'hr', 'hour'].map((name) => [name, 'h'] as const),
  ...['d', 'day'].map((name) => [name, 'd'] as const),
]);

const SIZES: ReadonlyMap<string, string> = new Map([
  ...['b', 'byte'].map((name) => [name, 'B'] as const),
  ...['k', 'kb', 'kib'].map((name) => [name, 'KiB'] as const),
  ...['m', 'mb', 'mib'].map((name) => [name, 'MiB'] as const),
  ...['g', 'gb', 'gib'].map((name) => [name, 'GiB'] as const),
]);

const WITH_UNIT = /^(\d+(?:\.\d+)?)\s*([a-z]*)$/i;

/**
 * What was most likely meant by a duration or size whose unit is written otherwise, for the message that
 * refuses it; undefined for other messages.
 */
export function unitHelp(message: string, value: unknown): string | undefined {
  const isDuration = message.includes('a duration with a unit');
  if (!isDuration && !message.includes('a size with a unit')) return undefined;
  if (typeof value !== 'string' && typeof value !== 'number') return undefined;
  const [, amount, written] = WITH_UNIT.exec(String(value).trim()) ?? [];
  if (amount === undefined || written === undefined) return undefined;
  const known = isDuration ? DURATIONS : SIZES;
  if (written === '') {
    const units = isDuration ? ['ms', 's', 'm'] : ['B', 'KiB', 'MiB'];
    return `say of what: ${units.map((unit) => amount + unit).join(', ')}`;
  }
  const lower = written.toLowerCase();
  const unit = known.get(lower) ?? known.get(lower.replace(/s$/, ''));
  return unit === undefined ? undefined : meant(amount, unit, /i/i.test(written));
}

/** `KB` is read as 1,024 by some and as 1,000 by others. */
function meant(amount: string, unit: string, isExact: boolean): string {
  if (isExact || !unit.endsWith('iB')) return `did you mean "${amount}${unit}"?`;
  const decimal = unit === 'KiB' ? 'kB' : unit.replace('i', '');
  return `did you mean "${amount}${unit}" (powers of 1,024), or "${amount}${decimal}" (of 1,000)?`;
}
