/** Lines of a table: the first column to the left, the others to the right. */
export function formatTable(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  aligned: 'right' | 'left' = 'right',
): string[] {
  const widths = head.map((name, column) =>
    Math.max(name.length, ...rows.map((row) => (row[column] ?? '').length)),
  );
  return [head, ...rows].map((row) =>
    row
      .map((text, column) => {
        const width = widths[column] ?? 0;
        return column === 0 || aligned === 'left' ? text.padEnd(width) : text.padStart(width);
      })
      .join('  ')
      .trimEnd(),
  );
}
