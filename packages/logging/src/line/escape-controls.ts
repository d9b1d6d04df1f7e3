/**
 * What could forge a line, move the cursor or turn the reading direction: C0, DEL, C1, the line and
 * paragraph separators, and the bidirectional marks.
 */
const CONTROLS = /[\p{Cc}\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;
const ANY_CONTROL = new RegExp(CONTROLS.source, 'u');

const SHORT_NAMES: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/** The same text on one line, with every control character spelled out as in JSON. */
export function escapeControls(text: string): string {
  if (!ANY_CONTROL.test(text)) return text;
  return text.replaceAll(CONTROLS, (sign) => SHORT_NAMES[sign] ?? unicodeEscape(sign));
}

function unicodeEscape(sign: string): string {
  return `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
