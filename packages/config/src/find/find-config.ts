import { cosmiconfig, type Loader } from 'cosmiconfig';
import { isPackageJson } from '../parse/config-format.ts';
import { largeConfig } from './large-config.ts';

const MODULE_ENDINGS = ['ts', 'mts', 'cts', 'js', 'mjs', 'cjs'];
const ENDINGS = ['yaml', 'yml', 'json', 'jsonc', 'json5', 'toml', ...MODULE_ENDINGS];

/** In the order of preference, in each folder upwards to the one that holds a package.json. */
export const SEARCH_PLACES: readonly string[] = [
  ...ENDINGS.map((ending) => `millrace.config.${ending}`),
  '.millracerc',
  ...ENDINGS.map((ending) => `.millracerc.${ending}`),
  '.config/millracerc',
  ...ENDINGS.map((ending) => `.config/millracerc.${ending}`),
  'package.json',
];

/** The files are only found here; parsing them with places is done elsewhere. */
const foundLoader: Loader = (file, content) =>
  isPackageJson(file) ? parsePackageJson(content) : {};

/** The config file that belongs to a folder, or undefined. Nothing of it is executed. */
export async function findConfig(folder: string): Promise<string | undefined> {
  const explorer = cosmiconfig('millrace', {
    searchPlaces: [...SEARCH_PLACES],
    searchStrategy: 'project',
    // An empty config is found and reported, not passed over.
    ignoreEmptySearchPlaces: false,
    cache: false,
    loaders: {
      noExt: foundLoader,
      ...Object.fromEntries(ENDINGS.map((ending) => [`.${ending}`, foundLoader])),
    },
  });
  const large = await largeConfig(folder, SEARCH_PLACES);
  if (large !== undefined) return large;
  const found = await explorer.search(folder);
  return found?.filepath;
}

/**
 * Tells whether there is a key `millrace`, and nothing of its content: the search would follow a
 * `$import` in it. A package.json that cannot be read holds no config; npm complains about it louder.
 */
function parsePackageJson(content: string): unknown {
  try {
    const { millrace } = JSON.parse(content);
    return millrace === undefined || millrace === null ? {} : { millrace: {} };
  } catch {
    return {};
  }
}
