/** A form in which a secret may stand in a text. */
export interface Needle {
  readonly text: string;
  /** The signs beside it carry bits of the secret too. */
  readonly base64: boolean;
}

/** Shorter secrets are not searched for: `on` or `42` would black out half of every line. */
export const SHORTEST_SECRET = 4;

/** A line of a longer secret, such as a PEM key, is a secret by itself from this length on. */
const SHORTEST_LINE = 8;

/**
 * Raw, its lines, all on one line, base64 and base64url at any of the three alignments, hex. Escapes come
 * on top of it. White space around a secret is often lost on the way, and tells nothing.
 */
export function secretNeedles(secret: string): Needle[] {
  const trimmed = secret.trim();
  const core = trimmed.length < SHORTEST_SECRET ? secret : trimmed;
  const raw = new Set([secret, core, core.replaceAll(/\s+/g, ' '), ...secretLines(secret)]);
  const bytes = Buffer.from(core, 'utf8');
  const hex = bytes.toString('hex');
  const base64 = [0, 1, 2].map((lead) => base64Core(bytes, lead));
  const url = base64.map((text) => text.replaceAll('+', '-').replaceAll('/', '_'));
  return [
    ...[...raw, hex, hex.toUpperCase()].map((text) => ({ text, base64: false })),
    ...[...new Set([...base64, ...url])].map((text) => ({ text, base64: true })),
  ];
}

function secretLines(secret: string): string[] {
  const lines = secret.split(/[\r\n]+/).map((line) => line.trim());
  return lines.length < 2 ? [] : lines.filter((line) => line.length >= SHORTEST_LINE);
}

/** The signs that depend on the secret alone when `lead` bytes (mod 3) stand before it, as in `user:secret`. */
function base64Core(bytes: Buffer, lead: number): string {
  const encoded = Buffer.concat([Buffer.alloc(lead), bytes]).toString('base64');
  const first = Math.ceil((lead * 8) / 6);
  const whole = Math.floor(((lead + bytes.length) * 8) / 6);
  return encoded.slice(first, whole);
}
