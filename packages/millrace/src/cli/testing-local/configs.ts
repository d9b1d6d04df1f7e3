/** Four stages: `sum` fails until the file `fixed` is there; `report` needs it, `extra` does not. */
export const FIXABLE = `
name: fixable
failureMode: continue
stages:
  ingest: { uses: ./stages/note.ts }
  sum: { uses: ./stages/note.ts, needs: [ingest], with: { need: fixed } }
  report: { uses: ./stages/note.ts, needs: [sum] }
  extra: { uses: ./stages/note.ts }
`;

/** `middle` waits for the file `open`. */
export const GATED = `
name: gated
stages:
  first: { uses: ./stages/note.ts }
  middle: { uses: ./stages/note.ts, needs: [first], with: { gate: open } }
  last: { uses: ./stages/note.ts, needs: [middle] }
`;

export const DEGRADED = `
name: degraded
stages:
  main: { uses: ./stages/note.ts }
  side: { uses: ./stages/note.ts, critical: false, with: { need: nothing } }
`;
