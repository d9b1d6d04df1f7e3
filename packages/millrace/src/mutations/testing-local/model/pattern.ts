/** What `scores[*]` and `scores[20,*]` stand for; undefined for a text that stands for itself. */
export function patternOf(text: string): RegExp | undefined {
  const labels = [...text.matchAll(/\[([^[\]]*)\]/g)].map(([, label = '']) => label.split(','));
  if (!labels.some((values) => values.includes('*'))) return undefined;
  const source = text
    .replaceAll(/[\\^$.*+?()[\]{}|]/g, String.raw`\$&`)
    .replaceAll(String.raw`\[\*\]`, String.raw`\[[^[\]]*\]`)
    .replaceAll(/(?<=\\\[|,)\\\*(?=\\\]|,)/g, String.raw`[^[\],]*`);
  return new RegExp(`^${source}$`);
}
