const PLAIN = /[\p{L}\p{M}\p{N}]/u;
const ASCII_WORD = /[A-Za-z0-9]/;

/** U+FFFD, in place of what no page can show. */
const UNSHOWABLE = '\ufffd';

/**
 * The inside of a quoted Mermaid label that shows `text` as it is. Letters, digits and single spaces
 * stay, as do `-` and `_` inside a word; everything else is written as `#code;`, because Mermaid takes
 * quotes, brackets, `%%`, `#`, HTML and Markdown (`__proto__`, `1. x`) in labels for itself.
 */
export function mermaidLabel(text: string): string {
  return text
    .toWellFormed()
    .split(/\r\n|[\n\r\u2028\u2029]/)
    .map(escapeLine)
    .join('<br/>');
}

/** The title block that goes before a diagram. YAML and Mermaid see nothing but a quoted string. */
export function mermaidTitle(title: string): string {
  const quoted = JSON.stringify(title.toWellFormed());
  const safe = quoted.replaceAll(/[#%<>&`\u007f-\u009f\u2028\u2029\ufeff]/g, (sign) => {
    return `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
  return `---\ntitle: ${safe}\n---\n`;
}

/** A class name that Mermaid takes: `is_` and the name, in which signs of other kinds become `_`. */
export function mermaidClass(name: string): string {
  return `is_${name.replaceAll(/[^A-Za-z0-9]/g, '_')}`;
}

function escapeLine(line: string): string {
  const signs = [...line];
  return signs
    .map((sign, position) => escapeSign(sign, signs[position - 1], signs[position + 1]))
    .join('');
}

function escapeSign(sign: string, before: string | undefined, after: string | undefined): string {
  if (PLAIN.test(sign)) return sign;
  if (sign === ' ' && before !== undefined && before !== ' ' && after !== undefined) return sign;
  const isInWord = ASCII_WORD.test(before ?? '') && ASCII_WORD.test(after ?? '');
  if ((sign === '-' || sign === '_') && isInWord) return sign;
  const code = sign === ' ' || sign === '\t' ? 0xa0 : (sign.codePointAt(0) as number);
  const isControl = code < 0x20 || (code >= 0x7f && code < 0xa0);
  return `#${(isControl ? UNSHOWABLE : String.fromCodePoint(code)).codePointAt(0)};`;
}
