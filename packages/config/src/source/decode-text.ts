import { ConfigSource } from './config-source.ts';
import type { Problems } from './problems.ts';

/** What YAML and JSON both refuse: C0 without tab and line ends, DEL, C1 without NEL, non-characters. */
const UNPRINTABLE = /(?![\t\n\r\u0085])[\p{Cc}\ufffe\uffff]/u;

/**
 * The bytes of a config file as text, without a byte order mark; as far as they are text, when something
 * was reported.
 */
export function decodeText(name: string, bytes: Uint8Array, problems: Problems): ConfigSource {
  const text = decodeUtf8(bytes);
  if (text === undefined) return refuseEncoding(name, bytes, problems);
  const source = new ConfigSource('file', name, text);
  const at = text.search(UNPRINTABLE);
  if (at === -1) return source;
  problems.report({
    code: 'CONFIG_CONTROL_CHARACTER',
    message: `the file holds the control character ${codePoint(text, at)}`,
    at: source.span(at, at + 1),
    help: 'remove it, or write it as an escape inside double quotes',
  });
  return source;
}

function decodeUtf8(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

function refuseEncoding(name: string, bytes: Uint8Array, problems: Problems): ConfigSource {
  const text = validPrefix(bytes);
  const source = new ConfigSource('file', name, text);
  const at = Buffer.byteLength(text);
  const byte = (bytes[at] ?? 0).toString(16).padStart(2, '0');
  problems.report({
    code: 'CONFIG_ENCODING',
    message: `the file is not UTF-8: byte 0x${byte} at offset ${at}`,
    at: source.span(text.length),
    help: 'save the file as UTF-8',
  });
  return source;
}

/** The longest prefix that decodes, found by halving: the decoder itself gives no offset. */
function validPrefix(bytes: Uint8Array): string {
  let valid = 0;
  let invalid = bytes.length + 1;
  while (invalid - valid > 1) {
    const middle = (valid + invalid) >> 1;
    if (decodePrefix(bytes.subarray(0, middle)) === undefined) invalid = middle;
    else valid = middle;
  }
  return decodePrefix(bytes.subarray(0, valid)) ?? '';
}

/** `stream` lets a character be cut off at the end, and leaves it out. The mark counts as a byte. */
function decodePrefix(prefix: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(prefix, {
      stream: true,
    });
  } catch {
    return undefined;
  }
}

function codePoint(text: string, at: number): string {
  return `U+${(text.codePointAt(at) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
}
