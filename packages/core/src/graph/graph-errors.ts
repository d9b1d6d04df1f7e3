import type { ErrorCatalog } from '../base/error-catalog.ts';

/** Codes of errors that the graph throws. */
export const GRAPH_ERRORS = {
  STAGE_UNKNOWN: {
    title: 'No such stage',
    when: 'A stage was asked for by an id that the pipeline does not have.',
    fix: 'Use one of the ids in the config; the message names the nearest one.',
  },
  GRAPH_CYCLIC: {
    title: 'Stages need each other in a cycle',
    when: 'An order was asked of a graph in which some stages need each other, so none of them can start.',
    fix: 'Remove one dependency on the closed path that the message prints.',
  },
} as const satisfies ErrorCatalog;
