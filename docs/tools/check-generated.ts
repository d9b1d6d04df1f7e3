import { existsSync, globSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { errorCodes, mentionedCodes } from './catalogs.ts';
import { GENERATED_PLACES, generatedPages } from './generated-pages.ts';
import { DOCS } from './repository.ts';
import { isAlike } from './transcript.ts';

const REPAIR = 'npm run docs:generate writes it';

/** Generated pages that are missing, outdated or left over. */
export async function checkGenerated(): Promise<string[]> {
  const pages = await generatedPages();
  const present = globSync(GENERATED_PLACES, { cwd: DOCS }).map((path) =>
    path.replaceAll(sep, '/'),
  );
  const leftOver = present.filter((path) => !pages.has(path));
  const stale = [...pages].flatMap(([path, text]) => {
    const file = join(DOCS, path);
    if (!existsSync(file)) return [`docs/${path}: is missing; ${REPAIR}`];
    return isAlike(readFileSync(file, 'utf8'), text)
      ? []
      : [`docs/${path}: is out of date; ${REPAIR}`];
  });
  return [...leftOver.map((path) => `docs/${path}: has no source; ${REPAIR}`), ...stale];
}

/** Codes that the sources use and no catalog lists, and codes that two catalogs list. */
export async function checkCodes(): Promise<string[]> {
  const { codes, repeated } = await errorCodes();
  const known = new Set(codes.map(({ code }) => code));
  const unlisted = [...mentionedCodes()].filter((code) => !known.has(code));
  return [
    ...repeated,
    ...unlisted.map((code) => `${code} is used in the sources, but no catalog lists it`),
  ];
}
