import { escapeControls } from './escape-controls.ts';
import type { LogLine } from './log-line.ts';

/** One line of a run's file, line feed included. It parses back to the same line. */
export function renderJson(line: LogLine): string {
  // JSON leaves C1, line separators and bidirectional marks raw; outside strings it has none of them.
  return `${escapeControls(JSON.stringify(line))}\n`;
}
