import { type CompleteManifest, completeManifest, newManifest } from './manifest.ts';
import { configText } from './templates/config-text.ts';
import { IGNORED_PATHS } from './templates/ignored-paths.ts';
import { LOAD_TEXT } from './templates/load-text.ts';
import { PRICES_TEXT } from './templates/prices-text.ts';
import { REPORT_TEXT } from './templates/report-text.ts';
import { testText } from './templates/test-text.ts';
import { TSCONFIG_TEXT } from './templates/tsconfig-text.ts';
import { VOLATILITY_TEXT } from './templates/volatility-text.ts';

/** Texts of files that are there already and are kept, with what is missing put in. */
export interface ExistingTexts {
  readonly manifest: string | undefined;
  readonly gitignore: string | undefined;
  readonly tsconfig: string | undefined;
}

interface PlannedFile {
  /** In the folder, with `/`. */
  readonly path: string;
  readonly text: string;
}

/** Something put into a file that was there. */
interface PlannedChange extends PlannedFile {
  /** What is put in, as people see it. */
  readonly added: readonly string[];
}

/** All that `init` writes; decided before anything is. */
export interface ProjectPlan {
  /** Files of which none may be there. */
  readonly files: readonly PlannedFile[];
  readonly changes: readonly PlannedChange[];
  /** Files that were there and say all that is needed, or are nobody's but their author's. */
  readonly kept: readonly string[];
}

interface PlanRequest {
  readonly name: string;
  /** Of Millrace. */
  readonly version: string;
  readonly existing: ExistingTexts;
}

/** @throws MillraceError INIT_MANIFEST when the package.json that is there cannot be read */
export function planProject({ name, version, existing }: PlanRequest): ProjectPlan {
  const manifest =
    existing.manifest === undefined
      ? newManifest(name, version)
      : completeManifest(existing.manifest, version, MANIFEST);
  const ignored = missingLines(existing.gitignore ?? '');
  const changes = [
    ...change(MANIFEST, existing.manifest, manifest),
    ...change(GITIGNORE, existing.gitignore, {
      text: withLines(existing.gitignore ?? '', ignored),
      added: ignored,
    }),
  ];
  const shared = [
    { path: MANIFEST, text: manifest.text, old: existing.manifest },
    { path: GITIGNORE, text: withLines('', IGNORED_PATHS), old: existing.gitignore },
    { path: TSCONFIG, text: TSCONFIG_TEXT, old: existing.tsconfig },
  ];
  return {
    files: [
      ...shared.filter(({ old }) => old === undefined).map(({ path, text }) => ({ path, text })),
      ...ownFiles(name, manifest.isModule ? '.ts' : '.mts'),
    ],
    changes,
    kept: shared
      .filter(({ path, old }) => old !== undefined && !changes.some((made) => made.path === path))
      .map(({ path }) => path),
  };
}

export const MANIFEST = 'package.json';
export const GITIGNORE = '.gitignore';
export const TSCONFIG = 'tsconfig.json';
export const CONFIG = 'millrace.config.yaml';

function ownFiles(name: string, ending: string): PlannedFile[] {
  return [
    { path: CONFIG, text: configText(name, ending) },
    { path: `stages/load${ending}`, text: LOAD_TEXT },
    { path: `stages/volatility${ending}`, text: VOLATILITY_TEXT },
    { path: `stages/volatility.test${ending}`, text: testText(ending) },
    { path: `stages/report${ending}`, text: REPORT_TEXT },
    { path: 'data/prices.csv', text: PRICES_TEXT },
  ];
}

function change(
  path: string,
  old: string | undefined,
  { text, added }: Pick<CompleteManifest, 'text' | 'added'>,
): PlannedChange[] {
  return old === undefined || added.length === 0 ? [] : [{ path, text, added }];
}

function missingLines(gitignore: string): string[] {
  const known = new Set(gitignore.split(/\r?\n/).map((line) => bare(line.trim())));
  // What ignores the whole folder leaves nothing to be said of what is in it.
  const isCovered = (line: string): boolean =>
    known.has(bare(line)) || (line.includes('.millrace') && known.has('.millrace'));
  return IGNORED_PATHS.filter((line) => !isCovered(line));
}

function bare(line: string): string {
  return line.replaceAll(/^\/|\/$/g, '');
}

function withLines(text: string, lines: readonly string[]): string {
  const start = text === '' || text.endsWith('\n') ? text : `${text}\n`;
  return `${start}${lines.map((line) => `${line}\n`).join('')}`;
}
