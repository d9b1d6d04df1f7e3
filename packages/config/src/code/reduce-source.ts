import { hash } from 'node:crypto';
import { extname } from 'node:path';
import { type ImportSite, importSiteOf } from './import-site.ts';
import { stripTypes } from './strip-types.ts';
import { syntaxText } from './syntax-text.ts';
import { type ModuleKind, parseModule, type SyntaxNode } from './syntax-tree.ts';

export interface ReducedSource {
  readonly hash: string;
  /** In the order of the text. */
  readonly imports: readonly ImportSite[];
  /** Why the hash is that of the bytes, when it should not be. */
  readonly fault?: string;
}

const LONGEST_FAULT = 200;
/** The parser takes a time that is quadratic in the names of a scope: 79 s for 200,000. */
const LARGEST_PARSED = 2 ** 20;
const TYPESCRIPT = new Set(['.ts', '.mts', '.cts', '.tsx']);
const CODE = new Set([...TYPESCRIPT, '.js', '.mjs', '.cjs', '.jsx', '']);

/**
 * What a file means. Code is hashed by its syntax; data, and code that cannot be parsed, by its bytes.
 * `packageType` is the `type` of its package.json: without one, node decides by the syntax.
 */
export function reduceSource(
  file: string,
  bytes: Buffer,
  packageType: () => ModuleKind | undefined,
): ReducedSource {
  const ending = extname(file);
  if (!CODE.has(ending)) return { hash: digest(bytes), imports: [] };
  if (bytes.length > LARGEST_PARSED) {
    return { hash: digest(bytes), imports: [], fault: 'it is larger than 1 MiB' };
  }
  try {
    const decoded = bytes.toString('utf8').replace(/^\uFEFF/, '');
    const text = TYPESCRIPT.has(ending) ? stripTypes(decoded) : decoded;
    const [kind, program] = parse(text, kindByEnding(ending) ?? packageType());
    const imports: ImportSite[] = [];
    const syntax = syntaxText(program, (node) => {
      const site = importSiteOf(node, text);
      if (site !== undefined) imports.push(site);
    });
    return { hash: digest(`${kind} ${syntax}`), imports };
  } catch (error) {
    // Any error: what is nested too deep for the parser exhausts the stack.
    const [fault = ''] = (error as Error).message.split('\n');
    return { hash: digest(bytes), imports: [], fault: fault.slice(0, LONGEST_FAULT) };
  }
}

function kindByEnding(ending: string): ModuleKind | undefined {
  if (ending.startsWith('.m')) return 'module';
  return ending.startsWith('.c') ? 'commonjs' : undefined;
}

function parse(text: string, kind: ModuleKind | undefined): [ModuleKind, SyntaxNode] {
  if (kind !== undefined) return [kind, parseModule(text, kind)];
  try {
    return ['commonjs', parseModule(text, 'commonjs')];
  } catch {
    return ['module', parseModule(text, 'module')];
  }
}

const DIGEST_LENGTH = 32;

/** 32 hex digits. */
export function digest(content: string | Buffer): string {
  return hash('sha256', content).slice(0, DIGEST_LENGTH);
}
