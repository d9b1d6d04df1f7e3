import { inExample } from '../base/example-folder.ts';
import { FileSource } from './file-source.ts';
import { HttpSource } from './http-source.ts';
import type { MarketDataSource } from './market-data-source.ts';
import type { SourceSettings } from './market-settings.ts';

/** The source that the config chose. */
export function openSource(settings: SourceSettings): MarketDataSource {
  switch (settings.kind) {
    case 'files':
      return new FileSource(inExample(settings.at));
    case 'http':
      return new HttpSource(settings);
    default:
      return settings satisfies never;
  }
}
