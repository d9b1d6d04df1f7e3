import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { loadConfig, renderDiagnostics } from '@millrace/config';
import { type ConfigCheck, type ErrorExample, USUAL_STAGES } from './examples/example.ts';
import { linkPackages } from './link-packages.ts';
import { runCommands } from './run-commands.ts';
import { anonymous } from './transcript.ts';

/** The files of an example and what Millrace prints for it, as Markdown. */
export async function renderExample(code: string, example: ErrorExample): Promise<string> {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'millrace-docs-')));
  try {
    const files = { ...USUAL_STAGES, ...example.files };
    for (const [path, text] of Object.entries({
      'package.json': '{ "type": "module" }',
      ...files,
    })) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
    linkPackages(folder);
    const printed = await print(example, folder);
    if (!printed.includes(code)) {
      throw new Error(`the example of ${code} does not lead to it, but to:\n${printed}`);
    }
    return layOut(example, files, printed);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function layOut(
  { intro, files = {}, show = [], given }: ErrorExample,
  all: Readonly<Record<string, string>>,
  printed: string,
): string {
  const shownFiles = [...show, ...Object.keys(files)].map((path) => {
    const language = path.endsWith('.ts') ? 'ts' : path.endsWith('.yaml') ? 'yaml' : '';
    return `\`${path}\`\n\n\`\`\`${language}\n${visible(all[path] ?? '').trimEnd()}\n\`\`\``;
  });
  const command = given.kind === 'command' ? `$ ${given.command}\n` : '';
  return [
    ...(intro === undefined ? [] : [intro]),
    ...shownFiles,
    `prints\n\n\`\`\`text\n${command}${printed.trimEnd()}\n\`\`\``,
  ].join('\n\n');
}

async function print({ given }: ErrorExample, folder: string): Promise<string> {
  const raw =
    given.kind === 'config'
      ? await printDiagnostics(given, folder)
      : (await runCommands([...(given.before ?? []), given.command], folder)).at(-1)?.output;
  return anonymous(raw ?? '', folder);
}

async function printDiagnostics({ options }: ConfigCheck, folder: string): Promise<string> {
  const loaded = await loadConfig({ env: {}, ...options, cwd: folder });
  return loaded.ok
    ? renderDiagnostics(loaded.value.warnings, { sources: loaded.value.sources })
    : renderDiagnostics(loaded.problem.diagnostics, { sources: loaded.problem.sources });
}

/** A control character is shown by its picture, as the page would swallow it. */
function visible(text: string): string {
  return text.replaceAll(/(?![\t\n\r])\p{Cc}/gu, (sign) =>
    String.fromCodePoint(0x2400 + (sign.codePointAt(0) ?? 0)),
  );
}
