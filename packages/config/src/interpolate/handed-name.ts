/** No param of a config file has such a name by chance. */
const PREFIX = '__given.';

/** The name by which a value is handed from one pipeline to another one inside it. */
export function handedName(index: number): string {
  return `${PREFIX}${index}`;
}

export function isHanded(name: string): boolean {
  return name.startsWith(PREFIX);
}
