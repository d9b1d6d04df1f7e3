import { apiPages } from './api-page.ts';
import { cliPage } from './cli-page.ts';
import { configPage } from './config-page.ts';
import { DeclarationReader } from './declarations.ts';
import { errorPages } from './error-pages.ts';
import { eventsPage } from './events-page.ts';
import { storePage } from './store-page.ts';

/** All pages that are made from the sources, by path from docs/. */
export async function generatedPages(): Promise<ReadonlyMap<string, string>> {
  const reader = new DeclarationReader();
  return new Map([
    ['reference/config.md', await configPage()],
    ['reference/cli.md', await cliPage()],
    ['reference/events.md', eventsPage(reader)],
    ['reference/store.md', storePage()],
    ...apiPages(reader),
    ...(await errorPages()),
  ]);
}

/** Folders and files that hold nothing but generated pages. */
export const GENERATED_PLACES = ['errors/*.md', 'reference/**/*.md'];
