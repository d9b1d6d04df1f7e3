import type { Declaration, DeclarationReader } from './declarations.ts';
import { GENERATED } from './generated-note.ts';
import { packages, type WorkspacePackage } from './repository.ts';

const KINDS = {
  class: 'Classes',
  function: 'Functions',
  value: 'Values',
  interface: 'Interfaces',
  type: 'Types',
};

/** Catalogs are long, and have pages of their own. */
const CATALOG = /_?ERRORS$|Errors$/;

/** One page per package with all that it exports, and their index; by path from docs/. */
export function apiPages(reader: DeclarationReader): ReadonlyMap<string, string> {
  const own = packages().map((source) => ({ source, declarations: reader.exportsOf(source) }));
  const pages = new Map([['reference/api.md', indexPage(own)]]);
  for (const { source, declarations } of own) {
    const mine = declarations.filter(({ file }) => file.startsWith(`${source.folder}/`));
    if (mine.length > 0) pages.set(pathOf(source), packagePage(source, mine, declarations));
  }
  return pages;
}

interface PackageExports {
  readonly source: WorkspacePackage;
  readonly declarations: readonly Declaration[];
}

function pathOf({ name }: WorkspacePackage): string {
  return `reference/api/${name.replace('@millrace/', '')}.md`;
}

function indexPage(all: readonly PackageExports[]): string {
  const facadeFirst = all.toSorted((a, b) => rankOf(a) - rankOf(b));
  const sections = facadeFirst.map(({ source, declarations }) => {
    const own = declarations.filter(({ file }) => file.startsWith(`${source.folder}/`));
    const others = declarations.length - own.length;
    const again = others === 0 ? [] : [`Also exports ${countOf(others)} of the other packages.`];
    return [`## ${source.name}`, source.description, ...lists(source, own), ...again].join('\n\n');
  });
  const intro = `What the packages export. \`import ... from 'millrace'\` gives you all that most programs need.
The pages are made from the sources; where they and a guide differ, the guide is wrong.`;
  return `${[GENERATED, '# API reference', intro, ...sections].join('\n\n')}\n`;
}

function rankOf({ source }: PackageExports): number {
  return source.name === 'millrace' ? 0 : 1;
}

function countOf(names: number): string {
  return names === 1 ? 'one name' : `${names} names`;
}

/** What can be called, with its first sentence; types by name only. */
function lists(source: WorkspacePackage, own: readonly Declaration[]): string[] {
  const page = pathOf(source).replace('reference/', '');
  const link = ({ name }: Declaration): string => `[${name}](${page}#${name.toLowerCase()})`;
  const isType = ({ kind }: Declaration): boolean => kind === 'interface' || kind === 'type';
  const rows = own
    .filter((declaration) => !isType(declaration))
    .map((declaration) => `| ${link(declaration)} | ${firstSentence(declaration.text)} |`);
  const types = own.filter(isType).map(link);
  return [
    ...(rows.length === 0 ? [] : [`| name | |\n|---|---|\n${rows.join('\n')}`]),
    ...(types.length === 0 ? [] : [`Types: ${types.join(', ')}.`]),
  ];
}

/** Cut at a colon only where the sentence would fill the column. */
function firstSentence(text: string): string {
  const flat = withoutLinks(text).replaceAll(/\s+/g, ' ').replaceAll('|', '\\|');
  const sentence = /^.*?\.(?= |$)/.exec(flat)?.[0] ?? flat;
  if (sentence.length <= LONGEST_SENTENCE) return sentence;
  return /^.*?:(?= )/.exec(sentence)?.[0].replace(/:$/, '.') ?? sentence;
}

const LONGEST_SENTENCE = 140;

function packagePage(
  { name, description }: WorkspacePackage,
  own: readonly Declaration[],
  all: readonly Declaration[],
): string {
  const again = all
    .filter((declaration) => !own.includes(declaration))
    .map(({ name }) => `\`${name}\``);
  const sections = Object.entries(KINDS).flatMap(([kind, title]) => {
    const found = own.filter((declaration) => declaration.kind === kind);
    return found.length === 0 ? [] : [`## ${title}`, ...found.map(entry)];
  });
  const others =
    again.length === 0
      ? []
      : ['## From the other packages', `${again.join(', ')}. See the [index](../api.md).`];
  return `${[GENERATED, `# ${name}`, description, ...sections, ...others].join('\n\n')}\n`;
}

function entry({ name, text, tags, signature }: Declaration): string {
  const parts = [
    `### ${name}`,
    ...(text === '' ? [] : [withoutLinks(text)]),
    ...(tags.length === 0
      ? []
      : [tags.map((tag) => `- \`${tag.replaceAll('`', "'")}\``).join('\n')]),
    CATALOG.test(name)
      ? 'All of them have [pages](../../errors/README.md).'
      : `\`\`\`ts signature\n${signature}\n\`\`\``,
  ];
  return parts.join('\n\n');
}

/** `{@link Name}` as code. */
function withoutLinks(text: string): string {
  return text.replaceAll(/\{@link ([^}]+)\}/g, '`$1`');
}
