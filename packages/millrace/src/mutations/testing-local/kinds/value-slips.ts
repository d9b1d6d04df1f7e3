import type { SeededRandom } from '@millrace/core';
import type { ValueSite } from '../text/config-text.ts';
import { typo } from '../text/typo.ts';
import { arrow, type Mutation, type MutationKind, replaced } from './mutation.ts';

/** What stands in the place of a value; undefined where it cannot happen. */
type Instead = (text: string, random: SeededRandom, site: ValueSite) => string | undefined;

function instead(
  name: string,
  isMeant: (site: ValueSite) => boolean,
  after: Instead,
): MutationKind {
  return {
    name,
    *candidates(config, random) {
      for (const site of config.values.filter(isMeant)) {
        const before = config.slice(site);
        const text = after(before, random, site);
        if (text === undefined || text === before) continue;
        yield { ...replaced(config, site, text), ...missedLabel(site), what: arrow(before, text) };
      }
    },
  };
}

/** A value of a matrix is a part of the ids of instances, which others may need. */
function missedLabel({ path, node }: ValueSite): Pick<Mutation, 'missed'> {
  const isLabel = path.includes('matrix') || path.includes('foreach');
  return isLabel && node.kind === 'scalar' ? { missed: [String(node.value)] } : {};
}

const DURATION = /^\d+(?:\.\d+)?(?:ms|s|m|h|d)$/;
const SIZE = /^\d+(?:\.\d+)?(?:B|[kMG]B|[KMG]iB)$/;

const hasUnit = ({ node }: ValueSite): boolean =>
  node.kind === 'scalar' && (DURATION.test(String(node.value)) || SIZE.test(String(node.value)));
const isNumber = ({ node }: ValueSite): boolean =>
  node.kind === 'scalar' && typeof node.value === 'number';
const isFlag = ({ node }: ValueSite): boolean =>
  node.kind === 'scalar' && typeof node.value === 'boolean';
const isText = ({ node }: ValueSite): boolean =>
  node.kind === 'scalar' && typeof node.value === 'string';
const isScalar = ({ node }: ValueSite): boolean => node.kind === 'scalar';
const isOneLine = ({ node }: ValueSite): boolean => node.kind === 'scalar' || node.isFlow;

const OTHER_UNITS = ['sec', 'min', 'hours', 'w', 'M', 'S', 'ns', 'KB', 'mb', 'bytes', 'TB'];

function pick<Item>(items: readonly Item[], random: SeededRandom): Item | undefined {
  return items[random.integer(items.length)];
}

const isListOfText = ({ node }: ValueSite): boolean =>
  node.kind === 'list' && node.isFlow && node.items.every(({ kind }) => kind === 'scalar');

export const VALUE_SLIPS: readonly MutationKind[] = [
  instead('wrong unit', hasUnit, (text, random) =>
    text.replace(/[A-Za-z]+$/, pick(OTHER_UNITS, random) ?? ''),
  ),
  instead('unit left out', hasUnit, (text) => text.replace(/[A-Za-z]+$/, '')),
  instead('space before the unit', hasUnit, (text) => text.replace(/(?=[A-Za-z]+$)/, ' ')),
  instead('number out of range', isNumber, (text, random) =>
    pick(['-1', '0', `${text}00000000`, `-${text}`, `${text}.5`], random),
  ),
  instead('text for a number', isNumber, (text, random) =>
    pick(['many', `"${text}"`, `${text}x`, `${text},5`], random),
  ),
  instead('number for a text', isText, (_, random) => pick(['5', '-1', '0.5'], random)),
  instead('misspelt flag', isFlag, typo),
  instead('other word for a flag', isFlag, (text, random) =>
    pick(text === 'true' ? ['yes', 'on', '1', '"true"'] : ['no', 'off', '0', '"false"'], random),
  ),
  instead('flag for a text', isText, (_, random) => pick(['true', 'false'], random)),
  instead('list for a value', isScalar, (text) => `[${text}]`),
  instead('map for a value', isScalar, (text) => `{ value: ${text} }`),
  instead('value left out', isOneLine, (text, _, { isInFlow }) =>
    isInFlow || text === '' ? undefined : '',
  ),
  instead('text for a list', isListOfText, (text) => text.slice(1, -1)),
  instead('map for a list', isListOfText, (text) => `{ ${text.slice(1, -1)} }`),
  instead(
    'list for a map',
    ({ node }) => node.kind === 'map' && node.isFlow,
    (text) => `[${text.slice(1, -1)}]`,
  ),
  instead(
    'number for a section',
    ({ role, node }) => role === 'section' && node.kind !== 'scalar' && node.isFlow,
    () => '3',
  ),
];
