/** Writes the generated pages and removes those whose source is gone. */
import { existsSync, globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, sep } from 'node:path';
import { GENERATED_PLACES, generatedPages } from './generated-pages.ts';
import { DOCS } from './repository.ts';
import { isAlike } from './transcript.ts';

const pages = await generatedPages();
let written = 0;
for (const [path, text] of pages) {
  const file = join(DOCS, path);
  // A new time of day in an example is no change.
  if (existsSync(file) && isAlike(readFileSync(file, 'utf8'), text)) continue;
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
  written++;
}
const gone = globSync(GENERATED_PLACES, { cwd: DOCS }).filter(
  (path) => !pages.has(path.replaceAll(sep, '/')),
);
for (const path of gone) rmSync(join(DOCS, path));
console.log(
  `${pages.size} pages, ${written} written${gone.length === 0 ? '' : `, removed ${gone.length}`}`,
);
