import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ConfigFolder } from './config-folder.ts';
import { Subject } from './subject.ts';

const RICH = join(import.meta.dirname, '../rich');

const MANIFEST =
  '{ "name": "@acme/notices", "version": "1.2.0", "type": "module", "exports": "./index.js" }';

const NOTICE = `import { PipelineStage, z } from 'millrace';

export class Notice extends PipelineStage.of({
  params: z.object({ text: z.string(), days: z.array(z.int().min(0).max(6)) }),
  outputs: z.object({ noticed: z.boolean() }),
}) {
  run() {
    return { noticed: true };
  }
}
`;

/** A config that has everything that a config can have, and each of the files that it is made of. */
export function richSubjects(folders: ConfigFolder[]): Subject[] {
  const folder = new ConfigFolder({
    'node_modules/@acme/notices/package.json': MANIFEST,
    'node_modules/@acme/notices/index.js': NOTICE,
  });
  folders.push(folder);
  for (const path of globSync('**/*.{ts,yaml,csv}', { cwd: RICH }))
    folder.write(path, readFileSync(join(RICH, path), 'utf8'));
  return ['pipeline.yaml', 'base.yaml', 'prep.yaml', 'pipeline.prod.yaml'].map(
    (mutated) => new Subject({ name: `rich ${mutated}`, folder, file: 'pipeline.yaml', mutated }),
  );
}
