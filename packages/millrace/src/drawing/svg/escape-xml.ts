const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Signs that XML forbids; U+FFFD stands in for them. Tab and line end are allowed. */
const FORBIDDEN = /(?![\t\n])[\p{Cc}\ufffe\uffff]/gu;

/** Text for an element or a quoted attribute. */
export function escapeXml(text: string): string {
  return text
    .toWellFormed()
    .replaceAll(FORBIDDEN, '\ufffd')
    .replaceAll(/[&<>"']/g, (sign) => ENTITIES[sign] ?? sign);
}

/** A coordinate: a tenth of a pixel is as fine as a screen shows. */
export function coordinate(value: number): string {
  return String(Math.round(value * 10) / 10);
}
