import type { Canary } from './canaries.ts';

/** A text to look for, and what finding it means. */
export interface SecretForm {
  readonly canary: string;
  /** `raw`, `base64 at 1`, `piece`. */
  readonly form: string;
  readonly text: string;
}

/** Everything in which a canary may hide. Pieces are raw or as JSON only: they tell of texts that were cut. */
export function secretForms({ name, value, parts, pieces }: Canary): SecretForm[] {
  const found = new Map<string, SecretForm>();
  const add = (form: string, text: string): void => {
    if (text !== '' && !found.has(text)) found.set(text, { canary: name, form, text });
  };
  for (const text of [value, value.trim(), ...parts]) {
    add('raw', text);
    for (const [form, written] of escapedForms(text)) add(form, written);
    for (const [form, written] of encodedForms(text)) add(form, written);
  }
  for (const piece of pieces) {
    add('piece', piece);
    add('piece in JSON', inJson(piece));
  }
  return [...found.values()];
}

function escapedForms(text: string): readonly (readonly [string, string])[] {
  return [
    ['JSON', inJson(text)],
    ['JSON in JSON', inJson(inJson(text))],
    ['ASCII JSON', inAsciiJson(text)],
    ['URL', encodeURIComponent(text)],
    [
      'URL in lower case',
      encodeURIComponent(text).replaceAll(/%../g, (sign) => sign.toLowerCase()),
    ],
    ['form', new URLSearchParams({ x: text }).toString().slice(2)],
    ['HTML', inHtml(text)],
    ['one line', text.replaceAll(/\s+/g, ' ')],
  ];
}

function encodedForms(text: string): readonly (readonly [string, string])[] {
  const bytes = Buffer.from(text, 'utf8');
  const aligned = [0, 1, 2].flatMap((lead): (readonly [string, string])[] => {
    const core = base64At(bytes, lead);
    return [
      [`base64 at ${lead}`, core],
      [`base64url at ${lead}`, core.replaceAll('+', '-').replaceAll('/', '_')],
    ];
  });
  const hex = bytes.toString('hex');
  return [...aligned, ['hex', hex], ['HEX', hex.toUpperCase()]];
}

/** Those signs of the base64 that no neighbour of the text has a bit in. */
function base64At(bytes: Buffer, lead: number): string {
  const encoded = Buffer.concat([Buffer.alloc(lead, 'x'), bytes]).toString('base64');
  const from = Math.ceil((lead * 4) / 3);
  const to = Math.floor(((lead + bytes.length) * 4) / 3);
  return encoded.slice(from, to);
}

function inJson(text: string): string {
  return JSON.stringify(text).slice(1, -1);
}

function inAsciiJson(text: string): string {
  const escaped = (unit: string): string =>
    `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
  return inJson(text).replaceAll(/[^\x20-\x7e]/g, escaped);
}

const ENTITIES = new Map([
  ['&', '&amp;'],
  ['<', '&lt;'],
  ['>', '&gt;'],
  ['"', '&quot;'],
  ["'", '&#39;'],
]);

function inHtml(text: string): string {
  return text.replaceAll(/[&<>"']/g, (sign) => ENTITIES.get(sign) ?? sign);
}
