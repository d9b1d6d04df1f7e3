import { join } from 'node:path';
import { ModelStore } from '@millrace/quant';
import { exampleFolder } from '../base/example-folder.ts';
import { loadSettings } from '../config/load-settings.ts';
import type { Settings } from '../config/settings.ts';
import type { ConsoleIo } from '../console/console-io.ts';
import { modelPlace } from '../models/model-place.ts';
import type { Alert } from '../service/alert.ts';
import { EnrichmentService } from '../service/enrichment-service.ts';
import { trainPlaces } from '../train/train-places.ts';

export interface ServicePlace {
  readonly settings: string | undefined;
  readonly home: string | undefined;
  readonly model: string | undefined;
}

/** The settings of a file, those of the example without one. @throws MillraceError SETTINGS_INVALID */
export function settingsOf({ settings }: Pick<ServicePlace, 'settings'>, { env }: ConsoleIo) {
  const folder = settings === undefined ? exampleFolder : (env.INIT_CWD ?? '.');
  return loadSettings(join(folder, settings ?? 'ml4t.yaml'));
}

/** Where the model is: as the settings say, in another home, or under another name. */
export function placeOf(
  given: Pick<ServicePlace, 'home' | 'model'>,
  settings: Settings,
  { env }: ConsoleIo,
) {
  const place = modelPlace(settings.modelPath, exampleFolder);
  const store = given.home === undefined ? place.store : trainPlaces(given.home, env).models;
  return { store, name: given.model ?? place.name };
}

/** A service with its model in use, or with the reason why there is none as an alert. */
export async function openService(
  given: Omit<ServicePlace, 'settings'> & { readonly settings: Settings; readonly origin: string },
  io: ConsoleIo,
): Promise<EnrichmentService> {
  const { settings } = given;
  const { store, name } = placeOf(given, settings, io);
  const service = new EnrichmentService({
    settings,
    store: new ModelStore(store),
    name,
    origin: given.origin,
    alert: printAlert(io),
  });
  await service.refreshModel();
  return service;
}

export const printAlert =
  ({ notice }: Pick<ConsoleIo, 'notice'>) =>
  ({ kind, message }: Alert): void =>
    notice(`! ${kind}: ${message}`);
