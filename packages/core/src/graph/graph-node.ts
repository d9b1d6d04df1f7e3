/** A node as it is declared: its id, and the ids it depends on in the author's order. */
export interface GraphNode {
  readonly id: string;
  readonly needs: readonly string[];
}
