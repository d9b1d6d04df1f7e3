import { styleText } from 'node:util';
import type { Diagnostic, SourceLocation } from '@millrace/core';
import { codeFrame } from './code-frame.ts';
import { cutText, printable } from './printable.ts';

export interface RenderOptions {
  /** With ANSI colours. Default false. */
  readonly color?: boolean;
  /** Texts for code frames, by the file names of the places. */
  readonly sources?: ReadonlyMap<string, string>;
}

const MAX_SHOWN = 20;
const MAX_RELATED = 4;
const MAX_HELP_LINES = 4;
const LONGEST_TEXT = 500;

type Style = Parameters<typeof styleText>[0];
type Paint = (style: Style, text: string) => string;

/** Diagnostics for people: each with its line, what was got and expected, and what to do. */
export function renderDiagnostics(
  diagnostics: readonly Diagnostic[],
  options: RenderOptions = {},
): string {
  const paint: Paint = (style, text) =>
    options.color === true ? styleText(style, text, { validateStream: false }) : text;
  const shown = diagnostics.slice(0, MAX_SHOWN).map((diagnostic) => {
    return renderOne(diagnostic, options.sources ?? new Map(), paint);
  });
  return [...shown, paint('bold', summary(diagnostics))].join('\n\n');
}

/** `3 errors and 1 warning`; callers go on behind it: `in a.yaml`. */
function summary(diagnostics: readonly Diagnostic[]): string {
  const errors = diagnostics.filter(({ severity }) => severity === 'error').length;
  const warnings = diagnostics.length - errors;
  const parts = [count(errors, 'error'), ...(warnings === 0 ? [] : [count(warnings, 'warning')])];
  const hidden = diagnostics.length - MAX_SHOWN;
  return `${parts.join(' and ')}${hidden > 0 ? ` (${hidden} not shown)` : ''}`;
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}

function renderOne(
  diagnostic: Diagnostic,
  sources: ReadonlyMap<string, string>,
  paint: Paint,
): string {
  const { severity, code, message, at, got, expected, help, related = [] } = diagnostic;
  const style: Style = severity === 'error' ? ['bold', 'red'] : ['bold', 'yellow'];
  const lines = [`${paint(style, `${severity}[${code}]`)}${paint('bold', `: ${clean(message)}`)}`];
  if (at !== undefined) lines.push(...renderPlace(at, sources, paint, style));
  const notes: (readonly [string, string | undefined])[] = [
    ['got', got],
    ['expected', expected],
    ['help', help],
  ];
  for (const [label, text] of notes) {
    if (text === undefined) continue;
    // Only our own help has lines, of a file to be written; other texts may come from anywhere.
    const [first = '', ...more] = label === 'help' ? text.split('\n') : [text];
    lines.push(`  ${paint('blue', '=')} ${paint('bold', `${label}:`)} ${clean(first)}`);
    lines.push(...more.slice(0, MAX_HELP_LINES).map((line) => `      ${clean(line)}`));
  }
  for (const place of related.slice(0, MAX_RELATED)) {
    lines.push(`  ${paint('blue', '=')} ${paint('bold', 'note:')} ${clean(place.message)}`);
    if (place.at !== undefined) lines.push(...renderPlace(place.at, sources, paint, 'blue'));
  }
  const hidden = related.length - MAX_RELATED;
  if (hidden > 0) lines.push(`  ${paint('blue', '=')} and ${hidden} more places`);
  return lines.join('\n');
}

function renderPlace(
  at: SourceLocation,
  sources: ReadonlyMap<string, string>,
  paint: Paint,
  style: Style,
): string[] {
  const text = sources.get(at.file);
  const frame = text === undefined ? undefined : codeFrame(text, at);
  const isWholeFile = text === '';
  const place = isWholeFile ? clean(at.file) : `${clean(at.file)}:${at.line}:${at.column}`;
  if (frame === undefined) return [`  ${paint('blue', '-->')} ${place}`];
  const gutter = ' '.repeat(frame.lineNumber.length);
  const bar = paint('blue', '|');
  return [
    `${gutter} ${paint('blue', '-->')} ${place}`,
    `${gutter} ${bar}`,
    `${paint('blue', frame.lineNumber)} ${bar} ${frame.text}`,
    `${gutter} ${bar} ${paint(style, frame.marker)}`,
  ];
}

function clean(text: string): string {
  return printable(cutText(text, LONGEST_TEXT));
}
