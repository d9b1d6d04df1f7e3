import { globSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../../../../../../docs/tools/repository.ts';
import { readStory, type Story } from '../../../../../../docs/tools/story.ts';
import { ConfigFolder } from './config-folder.ts';
import { Subject } from './subject.ts';

/** The configs of the pages for users, each with the files that its page has written so far. */
export function guideSubjects(folders: ConfigFolder[]): Subject[] {
  const pages = ['README.md', ...globSync('docs/{*,guides/*}.md', { cwd: ROOT }).sort()];
  return pages.flatMap((page) => subjectsOf(readStory(join(ROOT, page)), folders));
}

function subjectsOf({ page, events }: Story, folders: ConfigFolder[]): Subject[] {
  const files: Record<string, string> = {};
  const subjects: Subject[] = [];
  for (const event of events) {
    if (event.kind === 'file') files[event.path] = event.text;
    const isConfig = event.kind === 'file' && event.path.endsWith('.yaml');
    if (!isConfig || isRefused(event.path, events)) continue;
    const folder = new ConfigFolder(files);
    folder.link('node_modules', join(ROOT, 'node_modules'));
    folders.push(folder);
    subjects.push(new Subject({ name: `${page} ${event.path}`, folder, file: event.path }));
  }
  return subjects;
}

/** A page may show a mistake, and may correct it further down. */
function isRefused(path: string, events: Story['events']): boolean {
  return events.some((event) => event.kind === 'config' && event.path === path && event.refused);
}
