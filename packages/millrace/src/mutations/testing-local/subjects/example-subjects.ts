import { copyFileSync, globSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ROOT } from '../../../../../../docs/tools/repository.ts';
import { textsIn } from '../model/plain.ts';
import { readReference } from '../text/reference-yaml.ts';
import { ConfigFolder } from './config-folder.ts';
import { Subject } from './subject.ts';

/** The configs of all examples, each in a copy of its example. */
export async function exampleSubjects(folders: ConfigFolder[]): Promise<Subject[]> {
  const subjects: Subject[] = [];
  for (const manifest of globSync('examples/*/package.json', { cwd: ROOT }).sort()) {
    const example = dirname(manifest);
    const configs = configsOf(join(ROOT, example));
    if (configs.length === 0) continue;
    const folder = new ConfigFolder();
    folders.push(folder);
    await copyExample(join(ROOT, example), folder);
    for (const file of configs)
      subjects.push(new Subject({ name: `${example}/${file}`, folder, file }));
  }
  return subjects;
}

/** Its stages stand in for those of the example, whose sources need not be read again with each load. */
async function copyExample(example: string, folder: ConfigFolder): Promise<void> {
  const { name } = JSON.parse(readFileSync(join(example, 'package.json'), 'utf8'));
  folder.link('node_modules', join(ROOT, 'node_modules'));
  const files = globSync('**/*', { cwd: example, exclude: isLeftOut, withFileTypes: true });
  for (const file of files.filter((entry) => entry.isFile())) {
    const path = join(file.parentPath, file.name);
    const copy = folder.file(path.slice(example.length + 1));
    mkdirSync(dirname(copy), { recursive: true });
    if (/\.(?:yaml|csv|json)$/.test(path)) copyFileSync(path, copy);
  }
  for (const path of stageFilesOf(example)) {
    const module: object = await import(pathToFileURL(join(example, path)).href);
    folder.write(path, `export { ${Object.keys(module).join(', ')} } from '${name}/${path}';\n`);
  }
}

function isLeftOut({ name }: { readonly name: string }): boolean {
  return name === 'node_modules' || name.startsWith('.');
}

/** The pipelines: not the settings of its own that an example has, nor what its tests know to be wrong. */
function configsOf(example: string): readonly string[] {
  const exclude = ['**/node_modules', '**/testing-local', '**/.*'];
  return globSync('**/*.yaml', { cwd: example, exclude })
    .filter((file) => /^(?:stages|pipelines):/m.test(readFileSync(join(example, file), 'utf8')))
    .sort();
}

/** All modules in the folders that the configs of an example take stages from. */
function stageFilesOf(example: string): readonly string[] {
  const folders = configsOf(example).flatMap((config) => {
    const read = readReference(readFileSync(join(example, config), 'utf8'));
    return [...textsIn(read.ok ? read.value.value : undefined)]
      .filter((text) => /^\.{1,2}\/.*\.ts(?:#|$)/.test(text))
      .map((text) => join(dirname(config), dirname(text)));
  });
  return [...new Set(folders)].flatMap((folder) =>
    globSync(`${folder}/*.ts`, { cwd: example }).filter((path) => !path.endsWith('.test.ts')),
  );
}
