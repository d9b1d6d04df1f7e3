import { stagesAsMaps } from '../shape/stages-by-id.ts';
import type { Problems } from '../source/problems.ts';
import { type MapEntry, mapNode } from '../tree/config-node.ts';
import { refuseLayerFields } from './take-layer-fields.ts';

/** The section `environments` of one file, ready to be laid over that of another. */
export function environmentSections(section: MapEntry, problems: Problems): MapEntry {
  if (section.value.kind !== 'map') return section;
  const entries = new Map<string, MapEntry>();
  for (const [name, entry] of section.value.entries) {
    if (entry.value.kind !== 'map') entries.set(name, entry);
    else {
      const layer = refuseLayerFields(entry.value, ['environments', name], problems);
      entries.set(name, { ...entry, value: stagesAsMaps(layer, problems).pipeline });
    }
  }
  return { ...section, value: mapNode(entries, section.value.span, section.value) };
}
