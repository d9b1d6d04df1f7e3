import { type MapNode, mapNode } from '../tree/config-node.ts';
import { writtenText } from '../tree/written-text.ts';

/** A stage whose `needs` are text as written: `needs: [1.10]` means the stage `1.10`. */
export function withWrittenNeeds(stage: MapNode): MapNode {
  const needs = stage.entries.get('needs');
  if (needs?.value.kind !== 'list') return stage;
  const items = needs.value.items.map((item) => {
    const text = writtenText(item);
    const isText = item.kind !== 'scalar' || typeof item.value === 'string' || text === undefined;
    return isText ? item : { ...item, value: text };
  });
  const value = { ...needs.value, items };
  return mapNode(new Map([...stage.entries, ['needs', { ...needs, value }]]), stage.span);
}
