import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import { loadConfig } from '@millrace/config';
import type { PipelineDefinition } from '@millrace/core';
import type { ConfigFolder } from '../mutations/testing-local/subjects/config-folder.ts';
import { exampleSubjects } from '../mutations/testing-local/subjects/example-subjects.ts';
import { guideSubjects } from '../mutations/testing-local/subjects/guide-subjects.ts';
import { richSubjects } from '../mutations/testing-local/subjects/rich-subjects.ts';
import type { Subject } from '../mutations/testing-local/subjects/subject.ts';

const folders: ConfigFolder[] = [];

afterAll(() => {
  for (const folder of folders) folder.remove();
});

/** Without places; conditions by their text. */
function plain(definition: PipelineDefinition): unknown {
  const text = JSON.stringify(definition, (key, value: unknown) => {
    if (key === 'at') return undefined;
    return value instanceof Map ? Object.fromEntries(value) : value;
  });
  return JSON.parse(text);
}

/** What `millrace config` prints for each pipeline and environment of a config, loaded again. */
async function printAgain(subject: Subject): Promise<number> {
  let count = 0;
  for (const choice of subject.choices) {
    const first = await subject.load(choice);
    // Some configs of the pages are parts of others.
    if (!first.ok) continue;
    const { effective, file, definition } = first.value;
    const again = join(dirname(file), 'printed-again.yaml');
    const text = effective.toYaml();
    writeFileSync(again, text);
    const environment = text.includes('\nenvironments:') ? choice.environment : '';
    const second = await loadConfig({
      cwd: folderOf(file),
      file: again,
      environment,
      env: secretsIn(text),
    });
    const found = second.ok ? plain(second.value.definition) : second.problem.diagnostics;
    expect({ subject: subject.name, text, found }).toEqual({
      subject: subject.name,
      text,
      found: plain(definition),
    });
    count += 1;
  }
  return count;
}

/** As the subject had them. */
function secretsIn(text: string): Readonly<Record<string, string>> {
  const names = text.matchAll(/\$\{secret:(\w+)/g);
  return Object.fromEntries(Array.from(names, ([, name = '']) => [name, '7']));
}

function folderOf(file: string): string | undefined {
  return folders.find(({ path }) => file.startsWith(path))?.path;
}

test('what is printed of every config of the guides, the examples and the tests loads to the same pipeline', async () => {
  const subjects = [
    ...guideSubjects(folders),
    ...(await exampleSubjects(folders)),
    ...richSubjects(folders).slice(0, 1),
  ];
  let count = 0;
  for (const subject of subjects) {
    count += await printAgain(subject);
  }
  expect(count).toBeGreaterThan(30);
}, 120_000);
