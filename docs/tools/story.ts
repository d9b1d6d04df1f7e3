import { readFileSync } from 'node:fs';
import { type CodeBlock, readPage } from './markdown.ts';
import { shown } from './repository.ts';

/** What a page has its reader do, in order; each page is one story in a folder of its own. */
export type StoryEvent =
  | { readonly kind: 'file'; readonly path: string; readonly text: string; readonly line: number }
  | {
      readonly kind: 'config';
      readonly path: string;
      readonly line: number;
      /** The config shows a mistake: it must be refused. */
      readonly refused: boolean;
    }
  | {
      readonly kind: 'console';
      readonly text: string;
      readonly line: number;
      /** In the root of this repository, not in the folder of the story. */
      readonly inRoot: boolean;
    };

export interface Story {
  /** The page, from the root of the repository. */
  readonly page: string;
  readonly events: readonly StoryEvent[];
  /** Flags that no convention knows. */
  readonly faults: readonly string[];
}

const CONFIG_LANGUAGES = ['yaml', 'json', 'toml'];
/** Words of the conventions in docs/tools/README.md, by language. */
const FLAGS: Readonly<Record<string, readonly string[]>> = {
  ts: ['file', 'fragment'],
  js: ['file', 'fragment'],
  yaml: ['file', 'refused', 'fragment', 'unchecked'],
  json: ['file', 'unchecked'],
  toml: ['file', 'refused', 'unchecked'],
  csv: ['file'],
  sql: ['file'],
  console: ['run', 'root'],
};

/** Reads the story of a page. */
export function readStory(file: string): Story {
  const { blocks } = readPage(readFileSync(file, 'utf8'));
  const page = shown(file);
  const faults = blocks.flatMap((block) => faultsOf(block, page));
  let unnamed = 0;
  const events = blocks.flatMap((block) => eventsOf(block, () => `example-${++unnamed}.ts`));
  return { page, events, faults };
}

function eventsOf(block: CodeBlock, nextName: () => string): StoryEvent[] {
  const { language, flags, text, line } = block;
  if (flags.has('fragment')) return [];
  if (language === 'console') {
    return flags.has('run') ? [{ kind: 'console', text, line, inRoot: flags.has('root') }] : [];
  }
  const path = flags.get('file') ?? (language === 'ts' ? nextName() : undefined);
  if (path === undefined) return [];
  const written: StoryEvent = { kind: 'file', path, text: `${text}\n`, line };
  const isConfig =
    CONFIG_LANGUAGES.includes(language) && /(?:^|[./])(?:millrace|pipeline)[^/]*$/.test(path);
  if (!isConfig || flags.has('unchecked')) return [written];
  return [written, { kind: 'config', path, line, refused: flags.has('refused') }];
}

function faultsOf({ language, flags, line }: CodeBlock, page: string): string[] {
  const known = FLAGS[language] ?? [];
  const unknown = [...flags.keys()].filter((flag) => !known.includes(flag));
  return unknown.map((flag) => `${page}:${line}: a ${language} block has no flag "${flag}"`);
}
