import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { ErrorCatalog, ErrorCodePage } from '@millrace/core';
import { packages, ROOT, type WorkspacePackage } from './repository.ts';

/** A code of some catalog. */
export interface ErrorCode extends ErrorCodePage {
  readonly code: string;
  /** The package whose catalog lists it. */
  readonly source: WorkspacePackage;
}

/** Every catalog is written as `NAME = {...} satisfies ErrorCatalog`, and is found by that. */
const CATALOG = /^export const (\w+)\b[\s\S]*?^\}(?: as const)? satisfies ErrorCatalog;/gm;

export interface ErrorCodes {
  /** Sorted. */
  readonly codes: readonly ErrorCode[];
  /** Codes that stand in two catalogs, with both packages; a code has one meaning and one page. */
  readonly repeated: readonly string[];
}

/** All codes of all packages. */
export async function errorCodes(): Promise<ErrorCodes> {
  const codes = new Map<string, ErrorCode>();
  const repeated: string[] = [];
  for (const source of packages()) {
    const files = globSync('src/**/*.ts', { cwd: source.folder }).filter(
      (file) => !file.endsWith('.test.ts'),
    );
    for (const file of files.sort()) {
      for (const [code, page] of await catalogIn(join(source.folder, file))) {
        const other = codes.get(code)?.source.name;
        if (other === undefined) codes.set(code, { code, source, ...page });
        else repeated.push(`${code} is a code of ${other} and of ${source.name}`);
      }
    }
  }
  const sorted = [...codes.values()].sort((a, b) => (a.code < b.code ? -1 : 1));
  return { codes: sorted, repeated };
}

async function catalogIn(file: string): Promise<[string, ErrorCodePage][]> {
  const names = Array.from(readFileSync(file, 'utf8').matchAll(CATALOG), ([, name]) => name ?? '');
  if (names.length === 0) return [];
  const module: Record<string, ErrorCatalog> = await import(pathToFileURL(file).href);
  return names.flatMap((name) => Object.entries(module[name] ?? {}));
}

/** The faults that the test kit pretends never reach a user. */
const NOT_OF_USERS = /[.]test[.]ts$|testing-local|^packages[\\/]testing[\\/]/;

/** Codes that the sources throw or report somewhere. */
export function mentionedCodes(): ReadonlySet<string> {
  const found = new Set<string>();
  for (const file of globSync('packages/*/src/**/*.ts', { cwd: ROOT })) {
    if (NOT_OF_USERS.test(file)) continue;
    const text = readFileSync(join(ROOT, file), 'utf8');
    const uses = /(?:MillraceError|storeError)\(\s*'([A-Z][A-Z_]+)'|\bcode: '([A-Z][A-Z_]+)'/g;
    for (const [, thrown, reported] of text.matchAll(uses)) found.add(thrown ?? reported ?? '');
  }
  return found;
}
