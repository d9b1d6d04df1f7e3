/**
 * Checks the documentation: generated pages, codes, links, words, and that every example compiles, is
 * valid and prints what its page shows. `--update` writes what was really printed into the pages, and
 * `--page TEXT` looks at pages whose path holds the text, examples only.
 */
import { globSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { checkCodes, checkGenerated } from './check-generated.ts';
import { checkLinks } from './check-links.ts';
import { checkWords } from './check-words.ts';
import { ROOT } from './repository.ts';
import { type ActualTranscript, runStory } from './run-story.ts';
import { readStory } from './story.ts';
import { twoAtATime } from './two-at-a-time.ts';
import { typeCheck } from './type-check.ts';

const { values } = parseArgs({
  options: { update: { type: 'boolean', default: false }, page: { type: 'string' } },
});

const allPages = globSync(['*.md', 'docs/**/*.md', 'examples/*/*.md'], {
  cwd: ROOT,
  exclude: ['**/node_modules/**'],
})
  .sort()
  .map((path) => join(ROOT, path));
const storyPages = allPages.filter(
  (file) =>
    /\/(?:README|docs\/(?:README|tutorial|guides\/[^/]+))\.md$/.test(file.slice(ROOT.length)) &&
    !/\/(?:errors|tools|examples)\//.test(file.slice(ROOT.length)) &&
    file.includes(values.page ?? ''),
);

const problems: string[] = [];
const startedAt = performance.now();

if (values.page === undefined) {
  problems.push(...(await checkGenerated()), ...(await checkCodes()));
  problems.push(...checkLinks(allPages), ...checkWords(allPages));
}
const stories = storyPages.map(readStory);
problems.push(...stories.flatMap(({ faults }) => faults), ...(await typeCheck(stories)));
const reports = await twoAtATime(stories, runStory);
reports.forEach(({ problems: found, transcripts }, at) => {
  const page = storyPages[at];
  if (values.update && page !== undefined) rewrite(page, transcripts);
  else problems.push(...found);
});

for (const problem of problems) console.error(problem);
const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
console.log(
  `${allPages.length} pages, ${stories.length} with examples: ${problems.length} problems in ${seconds} s`,
);
if (problems.length > 0) process.exitCode = 1;

/** From the end, so that the lines before stay where they are. */
function rewrite(page: string, transcripts: readonly ActualTranscript[]): void {
  const lines = readFileSync(page, 'utf8').split('\n');
  for (const { line, text } of transcripts.toReversed()) {
    const end = lines.findIndex((other, at) => at >= line - 1 && /^\s*`{3,}\s*$/.test(other));
    lines.splice(line - 1, end - line + 1, ...text.split('\n'));
  }
  writeFileSync(page, lines.join('\n'));
}
