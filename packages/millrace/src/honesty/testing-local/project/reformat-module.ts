import type { SeededRandom } from '@millrace/core';

type Reformatting = (text: string, random: SeededRandom) => string;

/** Where a line of its own may stand: before a statement of the module. */
const STATEMENT = /^(?=(?:import|export|const|function) )/gm;
const IMPORT = /^import \{([^}]*)\} from/m;
const CONSTANT = /^(const [A-Z_]+)(: number)?( = -?[\d.]+;)$/m;

/** Ways to write a module otherwise that mean the same. */
export const REFORMATTINGS = {
  indent: (text) => {
    const isNarrow = /^ {2}\S/m.test(text);
    const widen = (spaces: string): string =>
      isNarrow ? spaces.repeat(2) : spaces.slice(spaces.length / 2);
    return text.replaceAll(/^ +(?!\s*\*)/gm, widen);
  },
  quotes: (text) =>
    text.replaceAll(/(from )(['"])(.*?)\2/g, (_, from: string, quote: string, name: string) =>
      quote === "'" ? `${from}"${name}"` : `${from}'${name}'`,
    ),
  'blank lines': (text, random) =>
    /\n\n\n/.test(text) ? text.replaceAll(/\n{3,}/g, '\n\n') : insertBefore(text, '\n\n', random),
  'line breaks': (text) =>
    text.replace(IMPORT, (_, names: string) =>
      names.includes('\n')
        ? `import { ${names.trim().replaceAll(/\s+/g, ' ').replace(/,$/, '')} } from`
        : `import {\n${names.trim()},\n} from`,
    ),
  types: (text, random) =>
    CONSTANT.test(text)
      ? text.replace(CONSTANT, (_, name: string, type: string | undefined, rest: string) =>
          type === undefined ? `${name}: number${rest}` : `${name}${rest}`,
        )
      : insertBefore(text, `type Note${random.integer(1e6)} = string;\n`, random),
  comments: (text, random) => {
    const note = `note ${random.integer(1e6)}`;
    const [line, block] = [`// ${note}\n`, `/**\n * ${note}\n */\n`];
    if (random.integer(3) === 0) return text.replace(/;$/m, `; // ${note}`);
    return insertBefore(text, random.integer(2) === 0 ? line : block, random);
  },
} satisfies Record<string, Reformatting>;

export type ModuleAspect = keyof typeof REFORMATTINGS;

export function reformatted(text: string, aspect: ModuleAspect, random: SeededRandom): string {
  return REFORMATTINGS[aspect](text, random);
}

function insertBefore(text: string, piece: string, random: SeededRandom): string {
  const places = Array.from(text.matchAll(STATEMENT), ({ index }) => index);
  const at = places[random.integer(places.length)] ?? 0;
  return text.slice(0, at) + piece + text.slice(at);
}
