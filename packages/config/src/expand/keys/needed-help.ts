/** One part of an id, with its label: a slash inside a label is a part of the label. */
const PART = /(?:[^/[\]]|\[[^[\]]*\])+/g;
const LABEL = /\[[^[\]]*\]$/;
const MOST_NAMES = 5;

/**
 * What a stage is to need, so that all of the writers come before it: repeated stages by the name that
 * their instances share, and for what lies in another pipeline the stages that are these pipelines.
 */
export function neededHelp(reader: string, writers: readonly string[]): string {
  const { owner, names } = neededNames(reader, writers);
  if (names.includes(owner))
    return `they are written by other instances of ${JSON.stringify(owner)}: gather them in a stage that needs all of these`;
  const shown = names.slice(0, MOST_NAMES);
  const added = shown.map((name) => JSON.stringify(name)).join(', ');
  return `add ${added} to the \`needs\` of stage ${JSON.stringify(owner)}: needs: [${shown.join(', ')}]`;
}

/** Whose `needs` they belong to: the stage itself, or a pipeline around it. */
function neededNames(
  reader: string,
  writers: readonly string[],
): { readonly owner: string; readonly names: readonly string[] } {
  const needs = new Map<string, Set<string>>();
  for (const writer of writers) {
    const { owner, name } = besideEachOther(partsOf(reader), partsOf(writer));
    const names = needs.get(owner) ?? new Set();
    needs.set(owner, names.add(name));
  }
  const [[owner, names] = [reader, new Set<string>()]] = needs;
  return { owner, names: [...names] };
}

/** The outermost pipelines that only one of them is in, or the stages themselves. */
function besideEachOther(
  reader: readonly string[],
  writer: readonly string[],
): { readonly owner: string; readonly name: string } {
  let depth = 0;
  while (depth < reader.length - 1 && depth < writer.length - 1 && reader[depth] === writer[depth])
    depth += 1;
  const owner = reader.slice(0, depth + 1).join('/');
  return { owner: unlabelled(owner), name: unlabelled(writer[depth] ?? '') };
}

function partsOf(id: string): readonly string[] {
  return id.match(PART) ?? [id];
}

function unlabelled(id: string): string {
  return id.replace(LABEL, '');
}
