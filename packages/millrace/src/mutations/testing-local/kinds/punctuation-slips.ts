import type { ConfigText } from '../text/config-text.ts';
import { lineStart } from '../text/lines.ts';
import type { Stretch } from '../text/reference-yaml.ts';
import { type MutationKind, replaced } from './mutation.ts';

/** Takes out, or puts in, a sign at each of some places. */
function sign(
  name: string,
  placesIn: (config: ConfigText) => Iterable<Stretch>,
  insert = '',
): MutationKind {
  return {
    name,
    *candidates(config) {
      for (const place of placesIn(config)) {
        const { text, start, end } = { text: config.text, ...place };
        const around = text.slice(Math.max(0, start - 20), end + 20).replaceAll('\n', '⏎');
        // A key that is spoilt is one that is gone.
        const missed = config.namesIn({ start: lineStart(text, start), end: end + 1 });
        yield { ...replaced(config, place, insert), missed, what: around };
      }
    },
  };
}

function* colons(config: ConfigText): Iterable<Stretch> {
  for (const { end } of config.keys)
    if (config.text[end] === ':') yield { start: end, end: end + 1 };
}

function* spacesBehindColons(config: ConfigText): Iterable<Stretch> {
  for (const { start, end } of colons(config))
    if (config.text[end] === ' ') yield { start: start + 1, end: end + 1 };
}

function* quotes(config: ConfigText, side: 'opening' | 'closing'): Iterable<Stretch> {
  for (const { node } of config.values) {
    if (node.kind !== 'scalar' || !node.isQuoted) continue;
    const at = side === 'opening' ? node.start : node.end - 1;
    yield { start: at, end: at + 1 };
  }
}

function* brackets(config: ConfigText, side: 'opening' | 'closing'): Iterable<Stretch> {
  for (const { node } of config.values) {
    if (node.kind === 'scalar' || !node.isFlow) continue;
    const at = side === 'opening' ? node.start : node.end - 1;
    yield { start: at, end: at + 1 };
  }
}

function* behindBrackets(config: ConfigText): Iterable<Stretch> {
  for (const { end } of brackets(config, 'closing')) yield { start: end, end };
}

/** Commas between the parts of `{ }` and `[ ]`. */
function* commas(config: ConfigText): Iterable<Stretch> {
  for (const { node } of config.values) {
    if (node.kind === 'scalar' || !node.isFlow) continue;
    const parts = node.kind === 'list' ? node.items : node.entries.map(({ key }) => key);
    for (const { start } of parts.slice(1)) {
      const at = config.text.lastIndexOf(',', start);
      yield { start: at, end: at + 1 };
    }
  }
}

export const PUNCTUATION_SLIPS: readonly MutationKind[] = [
  sign('missing colon', colons),
  sign('equals sign for a colon', colons, ' ='),
  sign('no space behind the colon', spacesBehindColons),
  sign('missing opening quote', (config) => quotes(config, 'opening')),
  sign('missing closing quote', (config) => quotes(config, 'closing')),
  sign('missing opening bracket', (config) => brackets(config, 'opening')),
  sign('missing closing bracket', (config) => brackets(config, 'closing')),
  sign('bracket too many', behindBrackets, ']'),
  sign('missing comma', commas),
];
