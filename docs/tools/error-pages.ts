import { type ErrorCode, errorCodes } from './catalogs.ts';
import { commandExamples } from './examples/command.ts';
import { configLayersExamples } from './examples/config-layers.ts';
import { configMeaningExamples } from './examples/config-meaning.ts';
import { configStagesExamples } from './examples/config-stages.ts';
import { configTextExamples } from './examples/config-text.ts';
import type { ErrorExamples } from './examples/example.ts';
import { pipelineExamples } from './examples/pipeline.ts';
import { stageExamples } from './examples/stage.ts';
import { GENERATED } from './generated-note.ts';
import { renderExample } from './render-example.ts';
import { twoAtATime } from './two-at-a-time.ts';

const EXAMPLES: ErrorExamples = {
  ...configTextExamples,
  ...configMeaningExamples,
  ...configLayersExamples,
  ...configStagesExamples,
  ...pipelineExamples,
  ...stageExamples,
  ...commandExamples,
};

/** The pages of all codes and their index, by path from docs/. */
export async function errorPages(): Promise<ReadonlyMap<string, string>> {
  const { codes } = await errorCodes();
  refuseStrayExamples(codes);
  const pages = await twoAtATime(codes, async (code): Promise<[string, string]> => {
    return [`errors/${code.code}.md`, await codePage(code)];
  });
  return new Map([['errors/README.md', indexPage(codes)], ...pages]);
}

async function codePage({ code, title, when, fix, source }: ErrorCode): Promise<string> {
  const example = EXAMPLES[code];
  const parts = [
    GENERATED,
    `# ${code}`,
    `**${title}.**`,
    `## When\n\n${when}`,
    `## What to do\n\n${fix}`,
    ...(example === undefined ? [] : [`## Example\n\n${await renderExample(code, example)}`]),
    `---\n\nA code of \`${source.name}\`. [All codes](README.md)`,
  ];
  return `${parts.join('\n\n')}\n`;
}

function indexPage(codes: readonly ErrorCode[]): string {
  const sections = [...Map.groupBy(codes, ({ source }) => source)].map(([source, own]) => {
    const rows = own.map(({ code, title }) => `| [${code}](${code}.md) | ${title} |`);
    return `## ${source.name}\n\n| code | meaning |\n|---|---|\n${rows.join('\n')}`;
  });
  const intro = `Every error and every problem of a config has a code that does not change between versions.
Each page says when the code appears and what to do. Problems of a config or of a pipeline are found
before anything runs, all of them together. A failure of a stage ends that stage; the run can be
resumed.`;
  return `${[GENERATED, '# Error codes', intro, ...sections].join('\n\n')}\n`;
}

function refuseStrayExamples(codes: readonly ErrorCode[]): void {
  const known = new Set(codes.map(({ code }) => code));
  const stray = Object.keys(EXAMPLES).filter((code) => !known.has(code));
  if (stray.length > 0) throw new Error(`examples of codes that do not exist: ${stray.join(', ')}`);
}
