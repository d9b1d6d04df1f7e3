/** The folder in which a reader is said to work. */
const READERS_FOLDER = '/home/you/project';

/** Removes where the checks ran, which is nobody's business. */
export function anonymous(text: string, folder: string): string {
  return text.replaceAll(folder, READERS_FOLDER);
}

/** What differs from run to run, and what it is compared as. */
const VARYING: readonly (readonly [RegExp, string])[] = [
  // First: the digits behind its point may look like a time.
  [/"durationMs": ?\d+(?:\.\d+)?(?:e-?\d+)?/g, '"durationMs":<duration>'],
  [/\b\d{8}-\d{6}-[a-z0-9]{8}\b/g, '<run>'],
  [/\b\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?Z/g, '<time>'],
  [/\b\d{4}-\d{2}-\d{2} \d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?\b/g, '<time>'],
  [/\b\d{2}:\d{2}:\d{2}(?:\.\d+)?\b/g, '<time>'],
  [/\b\d{13}\b/g, '<time>'],
  [/\b[0-9a-f]{16,64}\b/g, '<hash>'],
  [/\b\d+m \d+s\b/g, '<duration>'],
  [/\b\d+(?:\.\d+)? ?(?:ms|s|µs)\b/g, '<duration>'],
  // Both ends of an estimate may round to the same.
  [/\babout <duration> to <duration>/g, 'about <duration>'],
  [/\bpid \d+\b/g, 'pid <pid>'],
  // A file that holds times and durations has as many bytes as they have digits.
  [/(?<=\.json )\(\d+(?:\.\d+)? [kM]?B\)/g, '(<size>)'],
];

/** A line of output in the form in which it is compared. */
export function comparable(line: string): string {
  let text = line.trimEnd();
  for (const [pattern, placeholder] of VARYING) text = text.replaceAll(pattern, placeholder);
  // Columns move with the width of what they hold.
  return text.replaceAll(/[ ─]{2,}/g, '  ');
}

/** Whether two texts differ only in what differs from run to run. */
export function isAlike(text: string, other: string): boolean {
  const lines = text.split('\n');
  const others = other.split('\n');
  return (
    lines.length === others.length &&
    lines.every((line, at) => comparable(line) === comparable(others[at] ?? ''))
  );
}

/** A line of a transcript that stands for any number of lines. */
const ANY_LINES = '...';

/** Whether output is what the page shows; `...` on a line of its own stands for any lines. */
export function matches(shown: readonly string[], actual: readonly string[]): boolean {
  const [first, ...rest] = shown;
  if (first === undefined) return actual.length === 0;
  if (first.trim() === ANY_LINES) {
    return actual.some((_, at) => matches(rest, actual.slice(at))) || matches(rest, []);
  }
  const [line, ...others] = actual;
  return line !== undefined && comparable(first) === comparable(line) && matches(rest, others);
}

export interface TranscriptEntry {
  readonly command: string;
  readonly output: readonly string[];
}

/** Splits a `console` block: a command follows `$ `, goes on after `\`, and its output follows it. */
export function readTranscript(text: string): TranscriptEntry[] {
  const entries: { command: string; output: string[] }[] = [];
  let goesOn = false;
  for (const line of text.split('\n')) {
    const last = entries.at(-1);
    if (goesOn && last !== undefined) last.command += `\n${line}`;
    else if (line.startsWith('$ ')) entries.push({ command: line.slice(2), output: [] });
    else last?.output.push(line);
    goesOn = line.endsWith('\\') && (goesOn || line.startsWith('$ '));
  }
  return entries.map(({ command, output }) => ({ command, output: trimmed(output) }));
}

/** Without empty lines at either end. */
export function trimmed(lines: readonly string[]): string[] {
  const first = lines.findIndex((line) => line.trim() !== '');
  const last = lines.findLastIndex((line) => line.trim() !== '');
  return first === -1 ? [] : lines.slice(first, last + 1).map((line) => line.trimEnd());
}
