import { readFile } from 'node:fs/promises';
import { dirname, extname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { didYouMean, type SourceLocation } from '@millrace/core';
import { reduceSource } from '../code/reduce-source.ts';
import { nearFile } from './near-files.ts';
import { nearPackage } from './near-package.ts';

/** What can be said of an import that failed beyond the words of the engine. */
export interface ImportAdvice {
  readonly message?: string;
  readonly location?: SourceLocation;
  readonly help?: string;
}

const MISSING = /^Cannot find (module|package) '(.+?)' imported from (.+)$/s;
const FOLDER =
  /^Directory import '(.+?)' is not supported resolving ES modules imported from (.+)$/s;
const NO_EXPORT = /^The requested module '(.+?)' does not provide an export named '(.+?)'/s;
const UNSUPPORTED = /^TypeScript (.+?) is not supported in strip-only mode/;
const EXPORTED =
  /^\s*export\s+(?:async\s+)?(?:const|let|var|class|abstract\s+class|function\*?)\s+(\w+)/gm;
const EXPORTED_TYPE = /^\s*export\s+(?:declare\s+)?(?:type|interface)\s+(\w+)/gm;
const TYPESCRIPT = ['.ts', '.mts', '.cts'];

const INSTEAD: readonly (readonly [RegExp, string])[] = [
  [/enum/, "write an object instead: const Color = { red: 'red' } as const"],
  [/parameter property/, 'declare the field, and set it in the constructor: this.price = price'],
  [/namespace|module/, 'put what it holds into a file of its own'],
];

/** @param location where the engine says that the import failed */
export async function importAdvice(
  message: string,
  location: SourceLocation | undefined,
): Promise<ImportAdvice> {
  const [, kind, target, importer] = MISSING.exec(message) ?? [];
  if (target !== undefined && importer !== undefined)
    return kind === 'module' ? missingModule(target, importer) : missingPackage(target, importer);
  const [, folder, from] = FOLDER.exec(message) ?? [];
  if (folder !== undefined && from !== undefined) return missingModule(folder, from);
  const [, specifier, name] = NO_EXPORT.exec(message) ?? [];
  if (specifier !== undefined && name !== undefined && location !== undefined)
    return missingExport(specifier, name, location.file);
  const [, construct] = UNSUPPORTED.exec(message) ?? [];
  return construct === undefined ? {} : { help: typescriptHelp(construct) };
}

async function missingModule(target: string, importer: string): Promise<ImportAdvice> {
  const from = plainPath(importer);
  const site = await importSite(from, (specifier) => resolve(dirname(from), specifier) === target);
  if (site === undefined) return {};
  const { specifier, location } = site;
  const near = await nearModule(specifier, target);
  const help =
    near === undefined
      ? 'an import names a file as it is, with its ending'
      : `did you mean ${JSON.stringify(near)}? An import names a file as it is, with its ending`;
  return { message: `it imports ${JSON.stringify(specifier)}, which is no file`, location, help };
}

/** A folder stands for no file of it, and a path without an ending for none of several. */
async function nearModule(specifier: string, target: string): Promise<string | undefined> {
  const index = await nearFile(`${specifier}/index`, `${target}/index`);
  return index !== undefined && /\/index\.[cm]?[jt]s$/.test(index)
    ? index
    : nearFile(specifier, target);
}

async function missingPackage(name: string, importer: string): Promise<ImportAdvice> {
  const from = plainPath(importer);
  const site = await importSite(
    from,
    (specifier) => specifier === name || specifier.startsWith(`${name}/`),
  );
  const near = await nearPackage(name, dirname(from));
  return {
    help: near ?? `npm install ${name}`,
    ...(site === undefined ? {} : { location: site.location }),
  };
}

interface FoundSite {
  readonly specifier: string;
  readonly location: SourceLocation;
}

/** The engine says which file imports, but not where in it. */
async function importSite(
  file: string,
  isMeant: (specifier: string) => boolean,
): Promise<FoundSite | undefined> {
  const bytes = await readFile(file).catch(() => undefined);
  if (bytes === undefined) return undefined;
  for (const { specifier, line } of reduceSource(file, bytes, () => 'module').imports) {
    if (specifier === undefined || !isMeant(specifier)) continue;
    const text = bytes.toString('utf8').split('\n')[line - 1] ?? '';
    return { specifier, location: { file, line, column: Math.max(text.indexOf(specifier), 1) } };
  }
  return undefined;
}

function plainPath(path: string): string {
  return path.startsWith('file:') ? fileURLToPath(path) : path;
}

async function missingExport(
  specifier: string,
  name: string,
  importer: string,
): Promise<ImportAdvice> {
  const text = specifier.startsWith('.')
    ? await readFile(resolve(dirname(importer), specifier), 'utf8').catch(() => '')
    : '';
  const types = [...text.matchAll(EXPORTED_TYPE)].flatMap(([, own]) => own ?? []);
  const near = types.includes(name)
    ? undefined
    : didYouMean(
        name,
        [...text.matchAll(EXPORTED)].flatMap(([, own]) => own ?? []),
      );
  if (near !== undefined) return { help: near };
  // Only there an import can name a type without saying so.
  if (!TYPESCRIPT.includes(extname(importer))) return {};
  const said = types.includes(name)
    ? `${name} is a type, so say so`
    : `if ${name} is a type, say so`;
  return {
    help: `${said}, since node only takes the types out: import { type ${name} } from '${specifier}'`,
  };
}

function typescriptHelp(construct: string): string {
  const instead = INSTEAD.find(([name]) => name.test(construct))?.[1];
  const reason = 'node runs the file as it is and only takes the types out';
  return instead === undefined ? reason : `${instead}, since ${reason}`;
}
