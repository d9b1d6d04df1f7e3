import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GENERATED } from './generated-note.ts';
import { linkPackages } from './link-packages.ts';
import { runCommands } from './run-commands.ts';

/** The page of all commands, made of what `--help` prints. */
export async function cliPage(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'millrace-docs-'));
  try {
    linkPackages(folder);
    const help = async (...names: string[]): Promise<string> => {
      const [result] = await runCommands([['npx millrace', ...names, '--help'].join(' ')], folder);
      return (result?.output ?? '').trimEnd();
    };
    const top = await help();
    const names = commandsIn(top);
    if (names.length === 0) throw new Error(`millrace --help lists no commands:\n${top}`);
    const sections = await Promise.all(
      names.map(async (name) => `## millrace ${name}\n\n\`\`\`text\n${await help(name)}\n\`\`\``),
    );
    const intro = 'What `--help` prints for each command.';
    const parts = [GENERATED, '# Command line reference', intro, `\`\`\`text\n${top}\n\`\`\``];
    return `${[...parts, ...sections, exitCodes].join('\n\n')}\n`;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function commandsIn(help: string): string[] {
  const [, list = ''] = help.split(/^Commands:$/m);
  return Array.from(list.matchAll(/^ {2}([a-z][\w-]*)/gm), ([, name]) => name ?? '').filter(
    (name) => name !== 'help',
  );
}

const exitCodes = `## Exit codes

| code | meaning |
|---|---|
| 0 | succeeded |
| 1 | a run failed, or could not be recorded |
| 2 | the command line or the config is wrong, or the run named cannot be resumed; nothing ran |
| 3 | a run ended degraded, and \`--strict\` was given |
| 130 | cancelled |`;
