import { ModelStore } from '@millrace/quant';
import { defaultSettings } from '../config/settings.ts';
import type { ConsoleIo } from '../console/console-io.ts';
import type { Alert } from '../service/alert.ts';
import { EnrichmentService } from '../service/enrichment-service.ts';
import type { TrainPlaces } from '../train/train-places.ts';

export const DEMO_MODEL = 'demo';

/** So that a turn of the market is learned from before long: fewer old outcomes are kept than by default. */
export const demoSettings = () =>
  defaultSettings({
    modelPath: `.millrace/models/${DEMO_MODEL}`,
    monitor: { keep: 2500, freshShare: 0.2 },
  });

/** A service over the models of a place, whose alerts are printed and kept. */
export async function openDemoService(places: TrainPlaces, io: ConsoleIo) {
  const alerts: Alert[] = [];
  const service = new EnrichmentService({
    settings: demoSettings(),
    store: new ModelStore(places.models),
    name: DEMO_MODEL,
    origin: 'generated',
    alert: (alert) => {
      alerts.push(alert);
      io.out(`  ! ${alert.kind}: ${alert.message}`);
    },
  });
  await service.refreshModel();
  return { service, alerts };
}
