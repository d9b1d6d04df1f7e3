/** A name or an id as messages show it. */
export function quote(text: string): string {
  return JSON.stringify(text);
}
