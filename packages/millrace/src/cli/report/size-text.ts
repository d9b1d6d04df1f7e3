const UNITS = ['kB', 'MB', 'GB', 'TB'] as const;

/** `512 B`, `1.5 kB`, `37 MB`: in thousands, as disks are sold. */
export function sizeText(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  let amount = bytes;
  let unit = '';
  for (const next of UNITS) {
    if (amount < 999.5) break;
    amount /= 1000;
    unit = next;
  }
  return `${amount < 9.95 ? amount.toFixed(1) : Math.round(amount)} ${unit}`;
}
