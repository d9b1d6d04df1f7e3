import type { ConfigText } from '../text/config-text.ts';
import type { Stretch } from '../text/reference-yaml.ts';
import { typo } from '../text/typo.ts';
import { arrow, type MutationKind, replaced } from './mutation.ts';

/** A placeholder, from `${` to `}`. */
interface Placeholder extends Stretch {
  readonly inner: string;
  /** The quoted text that it is alone in. */
  readonly quoted: Stretch | undefined;
}

function placeholdersIn(config: ConfigText): Placeholder[] {
  return config.values.flatMap(({ node, start, end }) => {
    if (node.kind !== 'scalar') return [];
    const text = config.text.slice(start, end);
    return [...text.matchAll(/(?<!\$)\$\{([^}]*)\}/g)].map(
      ({ 0: whole, 1: inner = '', index }) => ({
        start: start + index,
        end: start + index + whole.length,
        inner,
        quoted: text === `"${whole}"` ? { start, end } : undefined,
      }),
    );
  });
}

function slipIn(name: string, pattern: RegExp, isSuggested: boolean): MutationKind {
  return {
    name,
    *candidates(config, random) {
      for (const { start, inner } of placeholdersIn(config)) {
        const [from, to] = pattern.exec(inner)?.indices?.[1] ?? [];
        if (from === undefined || to === undefined) continue;
        const before = inner.slice(from, to);
        const after = typo(before, random);
        const place = { start: start + 2 + from, end: start + 2 + to };
        const change = replaced(config, place, after);
        yield { ...change, what: arrow(before, after), ...(isSuggested ? { meant: before } : {}) };
      }
    },
  };
}

function spoilt(name: string, after: (inner: string) => string): MutationKind {
  return {
    name,
    *candidates(config) {
      for (const place of placeholdersIn(config)) {
        const text = after(place.inner);
        yield { ...replaced(config, place, text), what: arrow(config.slice(place), text) };
      }
    },
  };
}

const withoutQuotes: MutationKind = {
  name: 'placeholder without quotes',
  *candidates(config) {
    for (const { quoted, inner } of placeholdersIn(config)) {
      if (quoted === undefined) continue;
      const bare = `\${${inner}}`;
      yield { ...replaced(config, quoted, bare), what: arrow(`"${bare}"`, bare) };
    }
  },
};

export const PLACEHOLDER_SLIPS: readonly MutationKind[] = [
  slipIn('typo in a placeholder', /^([^:]+)$/d, true),
  slipIn('typo in the kind of a placeholder', /^(env|secret):/d, true),
  slipIn('typo in the type of a placeholder', /\|(\w+)/d, true),
  slipIn('typo in a variable or secret', /^(?:env|secret):(\w+)/d, false),
  spoilt('placeholder left open', (inner) => `\${${inner}`),
  spoilt('placeholder without its dollar', (inner) => `{${inner}}`),
  spoilt('placeholder in double braces', (inner) => `\${{${inner}}}`),
  withoutQuotes,
];
